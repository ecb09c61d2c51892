package dev.alig.conformance.judge;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Rounding;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gradient descent whose rate is the cap: an optimizer that is not ALI-G. Buffers stay zeros. */
final class PlainSgd implements Implementation {
  private static final Algorithm DESCENT =
      new Algorithm() {
        @Override
        public boolean isBitwise() {
          return true;
        }

        @Override
        public boolean flushes() {
          return false;
        }

        @Override
        public Bounded unclipped(StepCase scripted, Step step, Rounding rounding) {
          return Bounded.of(Double.POSITIVE_INFINITY);
        }

        @Override
        public Update update(StepCase scripted, Group group, Bounded size, Rounding rounding) {
          Bounded descent = rounding.cast(size).negated();
          return (p, buffer, gradient) ->
              new Element(rounding.timesPlus(gradient, descent, p), buffer);
        }
      };

  @Override
  public String name() {
    return "plain sgd";
  }

  @Override
  public Algorithm algorithm() {
    return DESCENT;
  }

  @Override
  public Trace run(StepCase scripted) {
    State state = scripted.resumed().orElseGet(() -> initial(scripted));
    State constructed = state;
    List<TracedStep> steps = new ArrayList<>();
    for (Step step : scripted.steps()) {
      state = new State(moved(scripted, state, step), state.buffers());
      List<Double> rates = scripted.groups().stream().map(Group::cap).toList();
      double mean = rates.stream().mapToDouble(rate -> rate).sum() / rates.size();
      steps.add(new TracedStep(Double.POSITIVE_INFINITY, rates, mean, state));
    }
    return new Trace(constructed, steps, Optional.empty());
  }

  private static State initial(StepCase scripted) {
    return new State(
        scripted.groups().stream().map(Group::parameters).toList(),
        scripted.groups().stream()
            .map(
                group ->
                    group.parameters().stream()
                        .map(p -> Optional.of(Tensor.zeros(p.shape())))
                        .map(zeros -> zeros.filter(any -> group.hasBuffers()))
                        .toList())
            .toList());
  }

  private static List<List<Tensor>> moved(StepCase scripted, State state, Step step) {
    List<List<Tensor>> groups = new ArrayList<>();
    for (int g = 0; g < scripted.groups().size(); g++) {
      List<Tensor> group = new ArrayList<>();
      double rate = scripted.dtype().round(scripted.groups().get(g).cap());
      for (int i = 0; i < state.parameters().get(g).size(); i++) {
        Tensor p = state.parameters().get(g).get(i);
        group.add(step.gradients().get(g).get(i).map(d -> moved(scripted, p, d, rate)).orElse(p));
      }
      groups.add(group);
    }
    return groups;
  }

  private static Tensor moved(StepCase scripted, Tensor p, Tensor gradient, double rate) {
    double[] values = p.toArray();
    for (int e = 0; e < values.length; e++) {
      double g = gradient.get(e);
      values[e] =
          scripted.dtype() == DType.FLOAT
              ? Math.fma((float) g, (float) -rate, (float) values[e])
              : Math.fma(g, -rate, values[e]);
    }
    return Tensor.of(p.shape(), values);
  }
}
