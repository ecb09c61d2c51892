package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.Functions;
import dev.alig.conformance.bounds.Rounding;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One step on bounded numbers: what a {@link Rule} reads and changes. */
final class BoundedRun {
  /** The operations of the tensors' format. */
  final Rounding rounding;

  /** The operations of Python's floats. */
  final Rounding wide = new Rounding(DType.DOUBLE, false);

  /** Parameters, gradients and vectors of the state, each as one flat list. */
  final List<Bounded> w;

  final List<Bounded> gradient = new ArrayList<>();
  final List<List<Bounded>> vectors = new ArrayList<>();

  /** The numbers of the state, which follow from the losses alone and are known. */
  final List<Double> numbers;

  final List<Double> settings;
  final double loss;
  final double rate;

  private final Layout layout;
  private final DType dtype;

  BoundedRun(StepCase scripted, BoundedState before, Step step, Bounded rate, Rounding rounding) {
    this.rounding = rounding;
    this.layout = Layout.of(scripted.groups());
    this.dtype = scripted.dtype();
    this.loss = step.loss();
    this.rate = rate.low();
    this.w = joined(before.parameters().get(0));
    List<List<Bounded>> second = before.parameters().get(1);
    for (int v = 0; v < layout.vectors(); v++) {
      vectors.add(joined(layout.vector(v, second)));
    }
    this.numbers = read(layout.numbers(second));
    this.settings = read(layout.settings(second));
    for (Tensor tensor : step.presentGradients()) {
      for (int e = 0; e < tensor.size(); e++) {
        gradient.add(rounding.given(tensor.get(e)));
      }
    }
  }

  private static List<Double> read(List<Bounded> rows) {
    return new ArrayList<>(Rows.read(rows.stream().mapToDouble(Bounded::low).toArray()));
  }

  private static List<Bounded> joined(List<List<Bounded>> tensors) {
    List<Bounded> joined = new ArrayList<>();
    tensors.forEach(joined::addAll);
    return joined;
  }

  /** The number of this step, from 1 on. */
  long t() {
    return Math.round(numbers.get(0)) + 1;
  }

  /** A list of the elements, tensor by tensor. */
  List<List<Bounded>> byTensor(List<Bounded> flat) {
    List<List<Bounded>> tensors = new ArrayList<>();
    int from = 0;
    for (List<Integer> shape : layout.shapes()) {
      tensors.add(flat.subList(from, from + Tensor.size(shape)));
      from += Tensor.size(shape);
    }
    return tensors;
  }

  /** A Python float that an operation on tensors takes. */
  Bounded number(double value) {
    return rounding.given(value);
  }

  /** 1 - beta^t. */
  Bounded unbias(double beta) {
    return wide.minus(Bounded.of(1), Functions.power(beta, t(), wide));
  }

  /** The gradients with decay · w added. */
  List<Bounded> decayed(double decay) {
    List<Bounded> decayed = new ArrayList<>();
    for (int i = 0; i < w.size(); i++) {
      decayed.add(
          decay == 0
              ? gradient.get(i)
              : rounding.timesPlus(number(decay), w.get(i), gradient.get(i)));
    }
    return decayed;
  }

  /** w + move · direction / denominator. */
  Bounded moved(Bounded parameter, Bounded move, Bounded direction, Bounded denominator) {
    Bounded step = rounding.over(rounding.times(move, direction), denominator);
    return rounding.plus(parameter, step);
  }

  /** The state after the step. */
  BoundedState state(BoundedState before) {
    numbers.set(0, numbers.get(0) + 1);
    List<List<Bounded>> second = new ArrayList<>();
    vectors.forEach(vector -> second.addAll(byTensor(vector)));
    second.add(points(Rows.of(numbers, dtype)));
    second.add(layout.settings(before.parameters().get(1)));
    List<List<Optional<List<Bounded>>>> none =
        before.buffers().stream()
            .map(group -> group.stream().map(any -> Optional.<List<Bounded>>empty()).toList())
            .toList();
    return new BoundedState(List.of(byTensor(w), second), none);
  }

  private static List<Bounded> points(Tensor tensor) {
    List<Bounded> points = new ArrayList<>();
    for (int e = 0; e < tensor.size(); e++) {
      points.add(Bounded.of(tensor.get(e)));
    }
    return points;
  }
}
