package dev.alig.conformance.theorems;

import dev.alig.conformance.State;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All numbers of a trace in one row. */
final class Numbers {
  /** A number and where it stands. */
  record Located(String where, double value) {}

  private final List<Located> numbers = new ArrayList<>();

  private Numbers() {}

  static List<Located> of(Trace trace) {
    Numbers numbers = new Numbers();
    numbers.add("construction", trace.constructed());
    for (int k = 0; k < trace.steps().size(); k++) {
      numbers.add("step " + k, trace.steps().get(k));
    }
    return numbers.numbers;
  }

  private void add(String when, TracedStep step) {
    numbers.add(new Located(when + ", unclipped step size", step.unclipped()));
    for (double size : step.stepSizes()) {
      numbers.add(new Located(when + ", step size", size));
    }
    numbers.add(new Located(when + ", mean step size", step.mean()));
    add(when, step.after());
  }

  private void add(String when, State state) {
    state.parameters().stream()
        .flatMap(List::stream)
        .forEach(parameter -> add(when + ", parameter", parameter));
    state.buffers().stream()
        .flatMap(List::stream)
        .flatMap(Optional::stream)
        .forEach(buffer -> add(when + ", buffer", buffer));
  }

  private void add(String what, Tensor tensor) {
    for (int e = 0; e < tensor.size(); e++) {
      numbers.add(new Located(what + " [" + e + "]", tensor.get(e)));
    }
  }
}
