package dev.alig.conformance.differences;

import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TracedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Step {@code k} of a recorded trace. */
record RecordedStep(Recorded recorded, int k) {
  /** An element of the first group that has a gradient, before the step and after it. */
  record Element(
      RecordedStep in,
      double p,
      double g,
      double v,
      double nextP,
      double nextV,
      boolean hasBuffer) {}

  /** All steps of the traces of one origin. */
  static List<RecordedStep> of(List<Recorded> traces, Origin origin) {
    return traces.stream()
        .filter(recorded -> recorded.origin() == origin)
        .flatMap(
            recorded ->
                IntStream.range(0, recorded.trace().steps().size())
                    .mapToObj(k -> new RecordedStep(recorded, k)))
        .toList();
  }

  Step step() {
    return recorded.scripted().steps().get(k);
  }

  TracedStep traced() {
    return recorded.trace().steps().get(k);
  }

  DType dtype() {
    return recorded.scripted().dtype();
  }

  /** The first group; traces of TensorFlow have no other. */
  Group group() {
    return recorded.scripted().groups().get(0);
  }

  boolean hasCap() {
    return group().maxLearningRate().isPresent();
  }

  double stepSize() {
    return traced().stepSizes().get(0);
  }

  boolean hasNegativeLoss() {
    return step().loss() < 0 && Double.isFinite(step().loss());
  }

  /** The step as a case of its own. */
  StepCase alone() {
    return recorded.scripted().oneStep(recorded.trace(), k);
  }

  /** The first group's elements that have a gradient, in all steps. */
  static List<Element> elements(List<RecordedStep> steps) {
    List<Element> elements = new ArrayList<>();
    for (RecordedStep step : steps) {
      for (int i = 0; i < step.group().parameters().size(); i++) {
        Optional<Tensor> gradient = step.step().gradients().get(0).get(i);
        if (gradient.isPresent()) {
          step.addElements(i, gradient.get(), elements);
        }
      }
    }
    return elements;
  }

  private void addElements(int i, Tensor gradient, List<Element> elements) {
    State before = recorded.trace().before(k);
    State after = traced().after();
    Tensor zeros = Tensor.zeros(gradient.shape());
    Optional<Tensor> buffer = after.buffers().get(0).get(i);
    Tensor v = before.buffers().get(0).get(i).orElse(zeros);
    for (int e = 0; e < gradient.size(); e++) {
      elements.add(
          new Element(
              this,
              before.parameters().get(0).get(i).get(e),
              gradient.get(e),
              v.get(e),
              after.parameters().get(0).get(i).get(e),
              buffer.orElse(zeros).get(e),
              buffer.isPresent()));
    }
  }
}
