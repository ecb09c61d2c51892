package dev.alig.conformance.cases;

import dev.alig.MomentumForm;
import dev.alig.conformance.cases.CaseChoices.Absence;
import dev.alig.conformance.cases.CaseChoices.GroupChoices;
import dev.alig.conformance.cases.CaseChoices.StepChoices;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.StepCase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apiguardian.api.API;

/**
 * Generators of cases.
 *
 * <p>An object of this class says what may vary. Each {@code with…} changes one thing and leaves
 * the rest, so that a property draws just what its requirement is about.
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Cases {
  private static final OptionalDouble NO_CAP = OptionalDouble.empty();

  /** The simplest first; scalars and empty tensors among them. */
  private static final List<List<Integer>> SHAPES =
      List.of(
          List.of(1),
          List.of(3),
          List.of(),
          List.of(2, 3),
          List.of(7),
          List.of(4, 4),
          List.of(33),
          List.of(0));

  /** Larger than the blocks of vectorized sums, and no multiples of them. */
  private static final List<List<Integer>> LARGE_SHAPES =
      List.of(List.of(257), List.of(100), List.of(1000), List.of(20, 16), List.of(4099));

  private Arbitrary<DType> dtypes = Arbitraries.of(DType.values());
  private Arbitrary<Double> eps = Arbitraries.of(1e-5, 1e-3, 1.0);
  private Arbitrary<MomentumForm> form = Arbitraries.of(MomentumForm.values());
  private Arbitrary<OptionalDouble> radius = Arbitraries.just(OptionalDouble.empty());
  private Arbitrary<OptionalDouble> cap =
      Arbitraries.of(
          NO_CAP, cap(0.1), cap(10), cap(1e-3), cap(1e30), cap(Double.POSITIVE_INFINITY));
  private Arbitrary<Double> momentum = Arbitraries.of(0.0, 0.5, 0.9, 0.99, 1.0, 1.5);
  private Arbitrary<Double> loss =
      Arbitraries.oneOf(
          Arbitraries.of(1.0, 0.5, 2.0, 1e-3, 100.0),
          Arbitraries.doubles().between(1e-6, 10).ofScale(12));
  private Arbitrary<LossKind> kind = Arbitraries.of(LossKind.values());
  private Arbitrary<Magnitude> gradients =
      Arbitraries.of(
          Magnitude.SIMPLE, Magnitude.ORDINARY, Magnitude.MIXED, Magnitude.SMALL, Magnitude.LARGE);
  private Arbitrary<Magnitude> parameters =
      Arbitraries.of(Magnitude.SIMPLE, Magnitude.ORDINARY, Magnitude.MIXED);
  private Arbitrary<Absence> absence = Arbitraries.of(Absence.NONE, Absence.SOME);
  private Arbitrary<Optional<Double>> special = Arbitraries.just(Optional.empty());
  private List<List<Integer>> shapes = SHAPES;
  private int minGroups = 1;
  private int maxGroups = 3;
  private int minSteps = 1;
  private int maxSteps = 4;

  private Cases() {}

  /** Finite cases with everything but a projection. */
  public static Cases ordinary() {
    return new Cases();
  }

  /** Lets eps be 0, a denormal and more. */
  public Cases withAnyEps() {
    eps = Arbitraries.of(0.0, 1e-5, 1e-3, 1.0, 1e-30, 1e20, Double.MIN_VALUE);
    return this;
  }

  /** Fixes the form of the momentum, and lets every group have momentum. */
  public Cases withMomentum(MomentumForm chosen) {
    form = Arbitraries.just(chosen);
    momentum = Arbitraries.of(0.9, 0.5, 0.99, 1.0, 1.5, 0.1, 1e-3);
    return this;
  }

  /** Lets no group have momentum. */
  public Cases withoutMomentum() {
    momentum = Arbitraries.just(0.0);
    return this;
  }

  /** Draws cases of one dtype. */
  public Cases withDType(DType chosen) {
    dtypes = Arbitraries.just(chosen);
    return this;
  }

  /** Gives every group one of the given caps. */
  public Cases withCapsOf(Double... caps) {
    cap = Arbitraries.of(caps).map(OptionalDouble::of);
    return this;
  }

  /** Gives every group a cap, which some hit. */
  public Cases withCaps() {
    cap = Arbitraries.of(0.1, 10.0, 1e-3, 1e-8, 1.0, 1e8, 1e300).map(OptionalDouble::of);
    return this;
  }

  /** Gives no group a cap. */
  public Cases withoutCaps() {
    cap = Arbitraries.of(NO_CAP, cap(Double.POSITIVE_INFINITY));
    return this;
  }

  /** Lets at least two groups differ in cap and momentum. */
  public Cases withSeveralGroups() {
    minGroups = 2;
    return this;
  }

  /** Adds a ball that scales at construction, after a step, or never. */
  public Cases withBall() {
    radius = Arbitraries.of(1.0, 0.3, 4.7, 1e-3, 1234.5678, 0.0).map(OptionalDouble::of);
    return this;
  }

  /** Adds a ball to about every other case. */
  public Cases withBallAtTimes() {
    radius =
        Arbitraries.oneOf(
            Arbitraries.just(OptionalDouble.empty()),
            Arbitraries.of(1.0, 1000.0, 0.0, 1e20).map(OptionalDouble::of));
    return this;
  }

  /** Draws losses from the given ones. */
  public Cases withLosses(Double... losses) {
    loss = Arbitraries.of(losses);
    return this;
  }

  /** Draws gradients and parameters over the whole exponent range. */
  public Cases withExtremes() {
    gradients = Arbitraries.of(Magnitude.TINY, Magnitude.HUGE, Magnitude.ANY, Magnitude.ZERO);
    parameters = Arbitraries.of(Magnitude.ORDINARY, Magnitude.TINY, Magnitude.HUGE, Magnitude.ANY);
    loss =
        Arbitraries.of(
            1.0, 1e-300, 1e-40, 1e-44, 1e30, 1e38, 1e300, 0.0, Double.MIN_VALUE, Double.MAX_VALUE);
    return this;
  }

  /** Draws gradients and parameters of 0 or within [2^-10, 2^11), which leave room for scaling. */
  public Cases withScalableNumbers() {
    gradients = Arbitraries.of(Magnitude.SIMPLE, Magnitude.MIXED);
    parameters = Arbitraries.of(Magnitude.SIMPLE, Magnitude.MIXED);
    return this;
  }

  /** Puts one of the given numbers into an element of the gradients. */
  public Cases withSpecial(Double... values) {
    special = Arbitraries.of(values).map(Optional::of);
    return this;
  }

  /** Leaves out some gradients in most steps, and all gradients in the others. */
  public Cases withAbsentGradients() {
    absence = Arbitraries.of(Absence.SOME, Absence.SOME, Absence.SOME, Absence.ALL);
    return this;
  }

  /** Leaves out every gradient in every step. */
  public Cases withoutGradients() {
    absence = Arbitraries.just(Absence.ALL);
    return this;
  }

  /** One step on one group of large tensors, whose norms add up many errors. */
  public Cases withLargeTensors() {
    shapes = LARGE_SHAPES;
    maxGroups = 1;
    return withSteps(1, 1);
  }

  /** Takes between {@code least} and {@code most} steps. */
  public Cases withSteps(int least, int most) {
    minSteps = least;
    maxSteps = most;
    return this;
  }

  /** The generator. */
  public Arbitrary<StepCase> arbitrary() {
    return Combinators.combine(
            dtypes,
            eps,
            form,
            radius,
            groups().list().ofMinSize(minGroups).ofMaxSize(maxGroups),
            steps().list().ofMinSize(minSteps).ofMaxSize(maxSteps),
            parameters,
            Arbitraries.randomValue(random -> random.nextLong() >>> 11))
        .as(CaseChoices::new)
        .map(CaseChoices::build);
  }

  private Arbitrary<GroupChoices> groups() {
    Arbitrary<List<List<Integer>>> chosen = Arbitraries.of(shapes).list().ofMinSize(1).ofMaxSize(3);
    return Combinators.combine(cap, momentum, chosen).as(GroupChoices::new);
  }

  private Arbitrary<StepChoices> steps() {
    return Combinators.combine(loss, kind, gradients, absence, special).as(StepChoices::new);
  }

  private static OptionalDouble cap(double value) {
    return OptionalDouble.of(value);
  }
}
