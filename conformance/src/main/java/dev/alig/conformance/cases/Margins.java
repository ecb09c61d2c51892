package dev.alig.conformance.cases;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.oracle.ExactOracle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Cases at the points where a branch turns: caps near the unclipped step size, and radii near the
 * norm of the parameters, at construction and after a step.
 */
public final class Margins {
  private static final int MOST_TENSORS = 8;
  private static final int MOST_ELEMENTS = 100;
  private static final double EPS = 1e-5;

  /** Far more digits than a double has. */
  private static final MathContext WIDE = new MathContext(60);

  private final DType dtype;
  private final Margin margin;
  private final SplittableRandom random;

  private Margins(DType dtype, Margin margin, SplittableRandom random) {
    this.dtype = dtype;
    this.margin = margin;
    this.random = random;
  }

  /** A case of one step whose caps are near the step size. */
  public static Scripted cap(DType dtype, Margin margin, SplittableRandom random) {
    return new Margins(dtype, margin, random).cap();
  }

  /** A case without steps whose radius is near the norm of the initial parameters. */
  public static Scripted ballAtConstruction(DType dtype, Margin margin, SplittableRandom random) {
    return new Margins(dtype, margin, random).ballAtConstruction();
  }

  /** A case of one step whose radius is near the norm of the parameters after the update. */
  public static Scripted ballAfterStep(DType dtype, Margin margin, SplittableRandom random) {
    return new Margins(dtype, margin, random).ballAfterStep();
  }

  private Scripted cap() {
    Scripted plain = plain(1);
    Step step = plain.steps().get(0);
    List<Tensor> gradients =
        step.gradients().stream().flatMap(List::stream).flatMap(Optional::stream).toList();
    BigDecimal denominator = squaredNorm(gradients).add(exact(dtype.round(EPS)));
    double unclipped = exact(dtype.round(step.loss())).divide(denominator, WIDE).doubleValue();
    double cap = margin.place(unclipped, roundings(gradients), dtype, random);
    return plain.withGroups(
        plain.groups().stream()
            .map(g -> new Group(OptionalDouble.of(cap), g.momentum(), g.parameters()))
            .toList());
  }

  private Scripted ballAtConstruction() {
    Scripted plain = plain(0);
    return withRadius(plain, parameters(plain), Optional.empty());
  }

  /** The state is resumed, so that the ball does not change it before the step. */
  private Scripted ballAfterStep() {
    Scripted plain = plain(1);
    State start = start(plain.groups());
    State after =
        new ExactOracle().run(plain.continuedFrom(start, plain.steps())).steps().get(0).after();
    List<Tensor> moved = after.parameters().stream().flatMap(List::stream).toList();
    return withRadius(plain, moved, Optional.of(start));
  }

  private Scripted withRadius(Scripted plain, List<Tensor> inside, Optional<State> resumed) {
    double norm = squaredNorm(inside).sqrt(WIDE).doubleValue();
    double radius = margin.place(norm, roundings(inside), dtype, random);
    return new Scripted(
        plain.id(),
        dtype,
        plain.eps(),
        plain.form(),
        OptionalDouble.of(radius),
        plain.groups(),
        plain.steps(),
        resumed);
  }

  /**
   * One for each square and addition and five for each tensor (root, square, sum, and two roundings
   * to the dtype), and four for eps, quotient, reciprocal and the rounding of the loss.
   */
  private static int roundings(List<Tensor> tensors) {
    int most = tensors.stream().mapToInt(Tensor::size).max().orElse(0);
    return most + 5 * tensors.size() + 4;
  }

  private Scripted plain(int steps) {
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
        parameters.add(draw(size));
        ofGroup.add(Optional.of(draw(size)));
      }
      double momentum = random.nextInt(3) == 0 ? 0 : random.nextDouble(0.1, 1);
      groups.add(new Group(OptionalDouble.empty(), momentum, parameters));
      gradients.add(ofGroup);
    }
    LossKind kind = random.nextBoolean() ? LossKind.FLOAT : LossKind.TENSOR;
    Step step = new Step(dtype.round(random.nextDouble(0.1, 10)), kind, gradients);
    MomentumForm form = random.nextBoolean() ? MomentumForm.STANDARD : MomentumForm.ADJUSTED;
    return new Scripted(
        "%s, seed %x".formatted(margin, random.nextLong()),
        dtype,
        EPS,
        form,
        OptionalDouble.empty(),
        groups,
        steps == 0 ? List.of() : List.of(step),
        Optional.empty());
  }

  private Tensor draw(int size) {
    double[] values = new double[size];
    for (int e = 0; e < size; e++) {
      values[e] = dtype.round(random.nextDouble(-2, 2));
    }
    return Tensor.vector(values);
  }

  private State start(List<Group> groups) {
    List<List<Optional<Tensor>>> buffers = new ArrayList<>();
    for (Group group : groups) {
      buffers.add(
          group.parameters().stream()
              .map(p -> Optional.of(draw(p.size())).filter(values -> group.hasBuffers()))
              .toList());
    }
    return new State(groups.stream().map(Group::parameters).toList(), buffers);
  }

  private static List<Tensor> parameters(Scripted scripted) {
    return scripted.groups().stream().flatMap(group -> group.parameters().stream()).toList();
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
