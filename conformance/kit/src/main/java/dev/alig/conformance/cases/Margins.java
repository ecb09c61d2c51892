package dev.alig.conformance.cases;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.oracle.ExactOracle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.apiguardian.api.API;

/**
 * Cases at the points where a branch turns: caps near the unclipped step size, and radii near the
 * norm of the parameters, at construction and after a step.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Margins {
  private static final int MOST_TENSORS = 8;
  private static final int MOST_ELEMENTS = 100;
  private static final double EPS = 1e-5;

  /** Far more digits than a double has. */
  private static final MathContext WIDE = new MathContext(60);

  private Margins() {}

  /** A case of one step whose caps are near the step size. */
  public static StepCase cap(DType dtype, Margin margin, SplittableRandom random) {
    StepCase plain = plain(1, dtype, margin, random);
    Step step = plain.steps().get(0);
    List<Tensor> gradients = step.presentGradients();
    BigDecimal denominator = squaredNorm(gradients).add(exact(dtype.round(EPS)));
    double unclipped = exact(dtype.round(step.loss())).divide(denominator, WIDE).doubleValue();
    double cap = margin.place(unclipped, roundings(gradients), dtype, random);
    OptionalDouble of = OptionalDouble.of(cap);
    return plain.withGroups(plain.groups().stream().map(group -> group.withCap(of)).toList());
  }

  /** A case without steps whose radius is near the norm of the initial parameters. */
  public static StepCase ballAtConstruction(DType dtype, Margin margin, SplittableRandom random) {
    StepCase plain = plain(0, dtype, margin, random);
    return withRadius(plain, plain.parameters(), margin, random);
  }

  /**
   * A case of one step whose radius is near the norm of the parameters after the update. It resumes
   * a state, so that the ball does not change it before the step.
   */
  public static StepCase ballAfterStep(DType dtype, Margin margin, SplittableRandom random) {
    StepCase plain = plain(1, dtype, margin, random);
    List<List<Optional<Tensor>>> buffers = new ArrayList<>();
    for (Group group : plain.groups()) {
      buffers.add(
          group.parameters().stream()
              .map(p -> Optional.of(draw(p.size(), dtype, random)))
              .map(values -> values.filter(any -> group.hasBuffers()))
              .toList());
    }
    StepCase resumed = plain.continuedFrom(new State(plain.parameters(), buffers), plain.steps());
    State after = new ExactOracle().run(resumed).steps().get(0).after();
    return withRadius(resumed, after.parameters(), margin, random);
  }

  private static StepCase withRadius(
      StepCase plain, List<List<Tensor>> inside, Margin margin, SplittableRandom random) {
    List<Tensor> all = inside.stream().flatMap(List::stream).toList();
    double norm = squaredNorm(all).sqrt(WIDE).doubleValue();
    double radius = margin.place(norm, roundings(all), plain.dtype(), random);
    return plain.withRadius(OptionalDouble.of(radius));
  }

  /**
   * One for each square and addition; five for each tensor (root, square, sum, and two roundings to
   * the dtype); four for eps, quotient, reciprocal and the rounding of the loss.
   */
  private static int roundings(List<Tensor> tensors) {
    int most = tensors.stream().mapToInt(Tensor::size).max().orElse(0);
    return most + 5 * tensors.size() + 4;
  }

  private static StepCase plain(int steps, DType dtype, Margin margin, SplittableRandom random) {
    List<Group> groups = new ArrayList<>();
    List<List<Optional<Tensor>>> gradients = new ArrayList<>();
    int tensors = random.nextInt(1, MOST_TENSORS + 1);
    int groupCount = Math.min(tensors, random.nextInt(1, 4));
    for (int g = 0; g < groupCount; g++) {
      int ofThis = tensors / groupCount + (g < tensors % groupCount ? 1 : 0);
      List<Tensor> parameters = new ArrayList<>();
      List<Optional<Tensor>> ofGroup = new ArrayList<>();
      for (int i = 0; i < ofThis; i++) {
        int size = random.nextInt(1, MOST_ELEMENTS + 1);
        parameters.add(draw(size, dtype, random));
        ofGroup.add(Optional.of(draw(size, dtype, random)));
      }
      double momentum = random.nextInt(3) == 0 ? 0 : random.nextDouble(0.1, 1);
      groups.add(new Group(OptionalDouble.empty(), momentum, parameters));
      gradients.add(ofGroup);
    }
    LossKind kind = random.nextBoolean() ? LossKind.FLOAT : LossKind.TENSOR;
    Step step = new Step(dtype.round(random.nextDouble(0.1, 10)), kind, gradients);
    MomentumForm form = random.nextBoolean() ? MomentumForm.STANDARD : MomentumForm.ADJUSTED;
    return new StepCase(
        "%s, seed %x".formatted(margin, random.nextLong()),
        dtype,
        EPS,
        form,
        OptionalDouble.empty(),
        groups,
        steps == 0 ? List.of() : List.of(step),
        Optional.empty());
  }

  private static Tensor draw(int size, DType dtype, SplittableRandom random) {
    double[] values = new double[size];
    for (int e = 0; e < size; e++) {
      values[e] = dtype.round(random.nextDouble(-2, 2));
    }
    return Tensor.vector(values);
  }

  private static BigDecimal squaredNorm(List<Tensor> tensors) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Tensor tensor : tensors) {
      for (double value : tensor.toArray()) {
        sum = sum.add(exact(value).pow(2));
      }
    }
    return sum;
  }

  private static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }
}
