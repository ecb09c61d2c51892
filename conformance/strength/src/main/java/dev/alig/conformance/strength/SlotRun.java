package dev.alig.conformance.strength;

import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LentGradients;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Runs a case on plain arrays: construction, steps, and their trace. */
abstract class SlotRun {
  /** One parameter of a run with its buffer; the run changes the arrays in place. */
  static final class Slot {
    final int group;
    final int index;
    final double momentum;
    final List<Integer> shape;
    final double[] p;
    final double[] v;

    Slot(int g, int i, Group group, UnaryOperator<double[]> initialBuffer) {
      Tensor parameter = group.parameters().get(i);
      this.group = g;
      this.index = i;
      this.momentum = group.momentum();
      this.shape = parameter.shape();
      this.p = parameter.toArray();
      this.v = initialBuffer.apply(parameter.toArray());
    }
  }

  final StepCase scripted;
  final DType dtype;
  final AliG operations;
  final List<Slot> slots = new ArrayList<>();

  /** The steps before the current one. */
  final List<TracedStep> traced = new ArrayList<>();

  /** The initial value of a parameter's buffer. */
  UnaryOperator<double[]> initialBuffer = p -> new double[p.length];

  /** The live buffer of a parameter. */
  Function<Slot, double[]> buffer = slot -> slot.v;

  /** Whether the state shows a parameter's buffer. */
  Predicate<Slot> reportsBuffer = slot -> slot.momentum != 0;

  /** A parameter's gradient, if it has one. */
  BiFunction<Step, Slot, Optional<double[]>> gradient = this::gradient;

  private final LentGradients<double[]> lender;
  private List<List<Optional<double[]>>> lent = List.of();
  private Optional<Step> current = Optional.empty();

  SlotRun(StepCase scripted, AliG operations) {
    this.scripted = scripted;
    this.dtype = scripted.dtype();
    this.operations = operations;
    this.lender = LentGradients.ofDoubles(scripted);
  }

  /** Projects the initial parameters onto the ball. */
  abstract void start();

  /** Takes a step and reports it once. Uses the given step sizes, if there are any. */
  abstract void take(Step step, Optional<List<Double>> given);

  /** Runs the case. The given step sizes, if there are any, are one list per step. */
  final Trace run(Optional<List<List<Double>>> given) {
    for (int g = 0; g < groups(); g++) {
      Group group = scripted.groups().get(g);
      for (int i = 0; i < group.parameters().size(); i++) {
        slots.add(new Slot(g, i, group, initialBuffer));
      }
    }
    start();
    scripted.resumed().ifPresent(this::load);
    State constructed = state();
    for (Step step : scripted.steps()) {
      lent = lender.lend(step);
      current = Optional.of(step);
      take(step, given.map(stepSizes -> stepSizes.get(stepsTaken())));
      lender.takeBack();
    }
    return new Trace(constructed, traced, Optional.empty(), Optional.of(lender.effects()));
  }

  private void load(State state) {
    for (Slot slot : slots) {
      Arrays.setAll(slot.p, state.parameters().get(slot.group).get(slot.index)::get);
      Optional<Tensor> v = state.buffers().get(slot.group).get(slot.index);
      v.ifPresent(saved -> Arrays.setAll(buffer.apply(slot), saved::get));
    }
  }

  final State state() {
    List<List<Slot>> groups = IntStream.range(0, groups()).mapToObj(this::slotsOf).toList();
    return new State(
        groups.stream()
            .map(group -> group.stream().map(slot -> Tensor.of(slot.shape, slot.p)).toList())
            .toList(),
        groups.stream().map(group -> group.stream().map(this::reported).toList()).toList());
  }

  private Optional<Tensor> reported(Slot slot) {
    return Optional.of(slot)
        .filter(reportsBuffer)
        .map(shown -> Tensor.of(shown.shape, buffer.apply(shown)));
  }

  final List<Slot> slotsOf(int group) {
    return slots.stream().filter(slot -> slot.group == group).toList();
  }

  final double round(double value) {
    return dtype.round(value);
  }

  final double square(double value) {
    return round(value * value);
  }

  final double root(double value) {
    return round(Math.sqrt(value));
  }

  /** The number of the dtype that lies {@code ulps} ulp above a value. */
  final double up(double value, int ulps) {
    double up = value;
    for (int i = 0; i < ulps; i++) {
      up = dtype.up(up);
    }
    return up;
  }

  final double eps() {
    return scripted.eps();
  }

  final int groups() {
    return scripted.groups().size();
  }

  /** A parameter's gradient, if it has one; in the current step it is the caller's own array. */
  @SuppressWarnings("ReferenceEquality") // equal steps may follow each other
  final Optional<double[]> gradient(Step step, Slot slot) {
    return current.filter(now -> now == step).isPresent()
        ? lent.get(slot.group).get(slot.index)
        : step.gradients().get(slot.group).get(slot.index).map(Tensor::toArray);
  }

  final int stepsTaken() {
    return traced.size();
  }

  /** The step before the current one, or the current one if it is the first. */
  final Step before() {
    return scripted.steps().get(Math.max(0, stepsTaken() - 1));
  }

  final boolean isLastStep() {
    return current.isPresent() && stepsTaken() == scripted.steps().size() - 1;
  }

  final double norm(DoubleStream values) {
    return norm(values.toArray());
  }

  final double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return root(sum);
  }

  /** The same step size for each group. */
  final List<Double> same(double stepSize) {
    return Collections.nCopies(groups(), stepSize);
  }

  /** Computes a·b + c. Only torch's operations round once; the others round the product first. */
  final double fma(double a, double b, double c) {
    if (operations != AliG.TORCH) {
      return round(round(a * b) + c);
    }
    return dtype == DType.FLOAT ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
  }

  /** Raises an element by one ulp, if the parameter has it. */
  final void setUp(Slot slot, int e) {
    if (e < slot.p.length) {
      slot.p[e] = up(slot.p[e], 1);
    }
  }
}
