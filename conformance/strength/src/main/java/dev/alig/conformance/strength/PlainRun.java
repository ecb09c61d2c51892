package dev.alig.conformance.strength;

import dev.alig.MomentumForm;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.TracedStep;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.ObjDoubleConsumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * ALI-G on plain arrays. Each operation is a field that a defect can replace; the method of the
 * same name is the sound operation.
 *
 * <p>It shares no code with the optimizers of this project or with the exact oracle.
 */
final class PlainRun extends SlotRun {
  /** The coefficients of one tensor's update, each rounded once to the dtype. */
  record Coefficients(double gamma, double mu, double gammaMu) {}

  /** Takes a step and reports it. */
  interface TakeStep {
    void of(Step step, double unclipped, List<Double> stepSizes);
  }

  /** An operation on a parameter and its buffer. */
  interface OnTensor {
    void of(Slot slot, double[] gradient, double stepSize);
  }

  /** Computes a number from two others. */
  interface Combine {
    double of(double x, double y, Coefficients c);
  }

  /** Computes an element of a parameter from its buffer before and after the step. */
  interface Move {
    double of(double p, double old, double v, double gradient, Coefficients c);
  }

  // The step size.
  ToDoubleFunction<Step> loss = this::loss;
  ToDoubleFunction<Step> withoutGradient = step -> step.loss() / eps();
  DoubleBinaryOperator quotient = this::quotient;
  DoubleUnaryOperator plusEps = this::plusEps;
  Function<Step, List<double[]>> gradients = this::gradients;
  ToDoubleFunction<List<double[]>> squaredNorm = this::squaredNorm;
  DoubleUnaryOperator square = this::square;
  ToDoubleFunction<double[]> gradientNorm = this::norm;
  IntToDoubleFunction cap = this::cap;
  ToDoubleBiFunction<Integer, Double> capped = this::capped;
  ToDoubleBiFunction<List<Double>, Double> mean =
      (sizes, unclipped) -> sizes.stream().reduce(0.0, Double::sum) / sizes.size();

  // The update.
  TakeStep takeStep = (step, unclipped, sizes) -> takeStep(step, sizes, unclipped, sizes);
  UnaryOperator<List<Double>> taken = sizes -> sizes;
  Predicate<Step> moves = step -> true;
  BiPredicate<Step, Slot> movesTensor = (step, slot) -> true;
  BiPredicate<Integer, double[]> movesElement = (e, gradient) -> true;
  Predicate<Slot> forgetsBuffer = slot -> false;
  Consumer<Step> afterUpdate = step -> {};
  ObjDoubleConsumer<Slot> absent = (slot, stepSize) -> {};
  BiFunction<Slot, double[], double[]> used = (slot, gradient) -> gradient;
  UnaryOperator<Slot> target = slot -> slot;
  OnTensor updateTensor = this::updateTensor;
  OnTensor afterTensor = (slot, gradient, stepSize) -> {};
  BiFunction<Double, Double, Coefficients> coefficients = this::coefficients;
  ToDoubleFunction<Slot> momentum = slot -> slot.momentum;
  Predicate<Slot> hasMomentum = slot -> slot.momentum != 0;
  boolean isStandard;
  Combine descend = this::descend;
  Combine decayed = this::decayed;
  Combine buffered = this::buffered;
  Combine standardBuffer = this::standardBuffer;
  Combine adjustedBuffer = (v, g, c) -> round(v - g);
  Move moved = this::moved;
  Combine standardMove = this::standardMove;
  Combine adjustedMove = this::adjustedMove;

  // The projection.
  Runnable project = this::project;
  Runnable projectAtConstruction = () -> project.run();
  double radius;
  ToDoubleFunction<List<Slot>> parameterNorm = this::parameterNorm;
  DoublePredicate outside = norm -> norm > radius;
  DoubleUnaryOperator factor = this::factor;
  UnaryOperator<List<Slot>> scaled = all -> all;
  ObjDoubleConsumer<Slot> afterScaling = (slot, by) -> {};

  /** Creates a run with the operations of some kernels. */
  PlainRun(StepCase scripted, AliG operations) {
    super(scripted, operations);
    this.isStandard = scripted.form() == MomentumForm.STANDARD;
    this.radius = round(scripted.radius().orElse(Double.POSITIVE_INFINITY));
  }

  @Override
  void start() {
    projectAtConstruction.run();
  }

  @Override
  void take(Step step, Optional<List<Double>> given) {
    double unclipped = given.isPresent() ? Double.NaN : unclipped(step);
    takeStep.of(step, unclipped, given.orElseGet(() -> stepSizes(unclipped)));
  }

  /** Takes a step with {@code sizes} and reports {@code reported} as its step sizes. */
  void takeStep(Step step, List<Double> sizes, double unclipped, List<Double> reported) {
    update(step, sizes);
    project.run();
    report(unclipped, reported);
  }

  void report(double unclipped, List<Double> sizes) {
    traced.add(new TracedStep(unclipped, sizes, mean.applyAsDouble(sizes, unclipped), state()));
  }

  private double unclipped(Step step) {
    double numerator = loss.applyAsDouble(step);
    List<double[]> present = gradients.apply(step);
    return present.isEmpty()
        ? withoutGradient.applyAsDouble(step)
        : quotient.applyAsDouble(
            numerator, plusEps.applyAsDouble(squaredNorm.applyAsDouble(present)));
  }

  private List<Double> stepSizes(double unclipped) {
    return IntStream.range(0, groups()).mapToObj(g -> capped.applyAsDouble(g, unclipped)).toList();
  }

  double loss(Step step) {
    return round(step.loss());
  }

  double quotient(double numerator, double denominator) {
    return round(numerator / denominator);
  }

  double plusEps(double sum) {
    return round(sum + round(eps()));
  }

  /** The gradients that count for the step size. */
  List<double[]> gradients(Step step) {
    return gradients(step, slot -> true);
  }

  List<double[]> gradients(Step step, Predicate<Slot> which) {
    return slots.stream()
        .filter(which)
        .flatMap(slot -> gradient.apply(step, slot).stream())
        .toList();
  }

  double squaredNorm(List<double[]> tensors) {
    double sum = 0;
    for (double[] tensor : tensors) {
      sum = round(sum + square.applyAsDouble(gradientNorm.applyAsDouble(tensor)));
    }
    return sum;
  }

  double capped(int group, double unclipped) {
    double most = cap.applyAsDouble(group);
    return most < unclipped ? most : unclipped;
  }

  double cap(int group) {
    return scripted.groups().get(group).cap();
  }

  void update(Step step, List<Double> given) {
    if (!moves.test(step)) {
      return;
    }
    slots.stream().filter(forgetsBuffer).forEach(slot -> Arrays.fill(slot.v, 0));
    List<Double> sizes = taken.apply(given);
    for (Slot slot : slots) {
      Optional<double[]> slope = gradient.apply(step, slot);
      double size = sizes.get(slot.group);
      if (slope.isEmpty()) {
        absent.accept(slot, size);
      } else if (movesTensor.test(step, slot)) {
        updateTensor.of(target.apply(slot), used.apply(slot, slope.get()), size);
        afterTensor.of(slot, slope.get(), size);
      }
    }
    afterUpdate.accept(step);
  }

  void updateTensor(Slot slot, double[] g, double stepSize) {
    Coefficients c = coefficients.apply(stepSize, momentum.applyAsDouble(slot));
    for (int e = 0; e < g.length; e++) {
      if (movesElement.test(e, g)) {
        updateElement(slot, e, g[e], c);
      }
    }
  }

  Coefficients coefficients(double stepSize, double mu) {
    return new Coefficients(round(stepSize), round(mu), round(stepSize * mu));
  }

  private void updateElement(Slot slot, int e, double g, Coefficients c) {
    if (hasMomentum.test(slot)) {
      double[] v = buffer.apply(slot);
      double old = v[e];
      v[e] = buffered.of(decayed.of(old, g, c), g, c);
      slot.p[e] = moved.of(slot.p[e], old, v[e], g, c);
    } else {
      slot.p[e] = descend.of(slot.p[e], g, c);
    }
  }

  double decayed(double v, double g, Coefficients c) {
    return round(c.mu * v);
  }

  /** The decayed buffer after it has taken in the gradient. */
  double buffered(double v, double g, Coefficients c) {
    return (isStandard ? standardBuffer : adjustedBuffer).of(v, g, c);
  }

  double standardBuffer(double v, double g, Coefficients c) {
    return fma(g, -c.gamma, v);
  }

  private double moved(double p, double old, double v, double g, Coefficients c) {
    // TensorFlow first adds both moves. The sum starts at -0, which keeps the sign of a zero.
    return operations == AliG.TENSORFLOW
        ? round(p + pushed(descend.of(-0.0, g, c), v, c))
        : pushed(descend.of(p, g, c), v, c);
  }

  double descend(double p, double g, Coefficients c) {
    return fma(g, -c.gamma, p);
  }

  /** A parameter after its buffer has moved it. */
  double pushed(double p, double v, Coefficients c) {
    return (isStandard ? standardMove : adjustedMove).of(p, v, c);
  }

  double standardMove(double p, double v, Coefficients c) {
    return fma(v, c.mu, p);
  }

  private double adjustedMove(double p, double v, Coefficients c) {
    return operations == AliG.TENSORFLOW ? fma(round(c.mu * v), c.gamma, p) : fma(v, c.gammaMu, p);
  }

  void project() {
    project(slots);
  }

  void project(List<Slot> together) {
    double norm = parameterNorm.applyAsDouble(together);
    if (scripted.radius().isPresent() && outside.test(norm)) {
      double by = factor.applyAsDouble(norm);
      for (Slot slot : scaled.apply(together)) {
        Arrays.setAll(slot.p, e -> round(slot.p[e] * by));
        afterScaling.accept(slot, by);
      }
    }
  }

  double parameterNorm(List<Slot> together) {
    double sum = 0;
    for (Slot slot : together) {
      sum = round(sum + square(norm(slot.p)));
    }
    return root(sum);
  }

  double factor(double norm) {
    return round(radius / norm);
  }
}
