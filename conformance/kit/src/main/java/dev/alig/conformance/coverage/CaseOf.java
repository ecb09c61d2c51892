package dev.alig.conformance.coverage;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Makes a case of one step that shows a level of each factor, where these can meet at all.
 *
 * <p>Cap and radius are set last, from what exact arithmetic gets without them: the cap to half or
 * twice the step size, the radius to half or twice the norm.
 */
final class CaseOf {
  private static final int PARAMETERS = 2;
  private static final int ELEMENTS = 3;
  private static final double EPS = 1e-5;

  private final Map<Factor, Level> levels;
  private final SplittableRandom random;
  private final DType dtype;

  private CaseOf(Map<Factor, Level> levels, SplittableRandom random) {
    this.levels = levels;
    this.random = random;
    this.dtype = is(Level.DTYPE_FLOAT) ? DType.FLOAT : DType.DOUBLE;
  }

  /** A case for the levels, one of each factor. */
  static StepCase of(Map<Factor, Level> levels, SplittableRandom random) {
    return new CaseOf(levels, random).build();
  }

  private boolean is(Level level) {
    return levels.get(level.factor()) == level;
  }

  private StepCase build() {
    StepCase plain = plain();
    TracedStep step = new ExactOracle().run(plain).steps().get(0);
    StepCase capped = plain.withGroups(withCap(plain.groups(), cap(step.unclipped())));
    if (is(Level.BALL_NONE)) {
      return capped;
    }
    State after = new ExactOracle().run(capped).steps().get(0).after();
    return new StepCase(
        plain.id(),
        dtype,
        EPS,
        plain.form(),
        OptionalDouble.of(radius(norm(after))),
        capped.groups(),
        plain.steps(),
        plain.resumed());
  }

  private StepCase plain() {
    List<Group> groups = new ArrayList<>();
    List<List<Optional<Tensor>>> gradients = new ArrayList<>();
    for (int g = 0; g < groupCount(); g++) {
      List<Tensor> parameters = new ArrayList<>();
      List<Optional<Tensor>> ofGroup = new ArrayList<>();
      for (int i = 0; i < PARAMETERS; i++) {
        parameters.add(ordinary());
        ofGroup.add(isAbsent(i) ? Optional.empty() : Optional.of(gradient()));
      }
      groups.add(new Group(OptionalDouble.empty(), momentum(), parameters));
      gradients.add(ofGroup);
    }
    boolean standard = is(Level.FORM_STANDARD);
    return new StepCase(
        "pairs",
        dtype,
        EPS,
        standard ? MomentumForm.STANDARD : MomentumForm.ADJUSTED,
        OptionalDouble.empty(),
        groups,
        List.of(new Step(loss(), kind(), gradients)),
        Optional.of(state(groups)));
  }

  private int groupCount() {
    return Factor.GROUPS.levels().indexOf(levels.get(Factor.GROUPS)) + 1;
  }

  /** The first of a group's parameters has a gradient as long as any has. */
  private boolean isAbsent(int parameter) {
    return switch (levels.get(Factor.GRADIENTS)) {
      case GRADIENTS_ALL -> false;
      case GRADIENTS_SOME -> parameter > 0;
      default -> true;
    };
  }

  private Tensor gradient() {
    if (is(Level.SPECIAL_ZERO)) {
      return Tensor.vector(new double[ELEMENTS]);
    }
    double[] values = ordinary().toArray();
    int planted = random.nextInt(ELEMENTS);
    values[planted] =
        switch (levels.get(Factor.SPECIAL)) {
          case SPECIAL_NAN -> Double.NaN;
          case SPECIAL_INFINITE -> Double.POSITIVE_INFINITY;
          case SPECIAL_OVERFLOW -> dtype.largest();
          case SPECIAL_DENORMAL -> dtype.smallest();
          default -> values[planted];
        };
    return Tensor.vector(values);
  }

  private Tensor ordinary() {
    double[] values = new double[ELEMENTS];
    for (int e = 0; e < ELEMENTS; e++) {
      values[e] = dtype.round(random.nextDouble(0.5, 2) * (random.nextBoolean() ? 1 : -1));
    }
    return Tensor.vector(values);
  }

  /** A state to resume, so that the ball, set later, does not change it beforehand. */
  private State state(List<Group> groups) {
    List<List<Tensor>> parameters = groups.stream().map(Group::parameters).toList();
    List<List<Optional<Tensor>>> buffers = new ArrayList<>();
    for (Group group : groups) {
      buffers.add(
          group.parameters().stream()
              .map(p -> group.hasBuffers() ? Optional.of(ordinary()) : Optional.<Tensor>empty())
              .toList());
    }
    return new State(parameters, buffers);
  }

  private double momentum() {
    return switch (levels.get(Factor.MOMENTUM)) {
      case MOMENTUM_NONE -> 0;
      case MOMENTUM_BELOW_ONE -> 0.9;
      default -> random.nextBoolean() ? 1 : 1.5;
    };
  }

  private LossKind kind() {
    return is(Level.LOSS_FLOAT) ? LossKind.FLOAT : LossKind.TENSOR;
  }

  private double loss() {
    double size = random.nextDouble(0.5, 2);
    return switch (levels.get(Factor.LOSS_SIGN)) {
      case LOSS_POSITIVE -> size;
      case LOSS_NEGATIVE -> -size;
      case LOSS_ZERO -> random.nextBoolean() ? 0.0 : -0.0;
      default -> Double.NaN;
    };
  }

  private OptionalDouble cap(double unclipped) {
    double cap = unclipped * (is(Level.CAP_HIT) ? 0.5 : 2);
    return cap > 0 ? OptionalDouble.of(cap) : OptionalDouble.of(1);
  }

  private double radius(double norm) {
    double radius = norm * (is(Level.BALL_HIT) ? 0.5 : 2);
    return radius > 0 ? radius : 1;
  }

  private static List<Group> withCap(List<Group> groups, OptionalDouble cap) {
    return groups.stream().map(g -> new Group(cap, g.momentum(), g.parameters())).toList();
  }

  private static double norm(State state) {
    return Math.sqrt(
        state.parameters().stream()
            .flatMap(List::stream)
            .flatMapToDouble(tensor -> Arrays.stream(tensor.toArray()))
            .map(value -> value * value)
            .reduce(0, Double::sum));
  }
}
