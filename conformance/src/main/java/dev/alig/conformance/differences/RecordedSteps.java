package dev.alig.conformance.differences;

import dev.alig.conformance.Group;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.Recorded.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Recorded traces, step by step and element by element. */
final class RecordedSteps {
  private RecordedSteps() {}

  /** One recorded step of one case. */
  record One(Recorded recorded, int k) {
    Step step() {
      return recorded.scripted().steps().get(k);
    }

    TracedStep traced() {
      return recorded.trace().steps().get(k);
    }

    State before() {
      return recorded.trace().before(k);
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
    Scripted alone() {
      return recorded.scripted().oneStep(recorded.trace(), k);
    }
  }

  /** One element of the first group in a recorded step: what was there, and what came of it. */
  record Element(
      One in, double p, double g, double v, double nextP, double nextV, boolean hasBuffer) {}

  static List<One> of(List<Recorded> traces, Origin origin) {
    return traces.stream()
        .filter(recorded -> recorded.origin() == origin)
        .flatMap(RecordedSteps::steps)
        .toList();
  }

  private static Stream<One> steps(Recorded recorded) {
    return IntStream.range(0, recorded.trace().steps().size()).mapToObj(k -> new One(recorded, k));
  }

  /** The elements that have a gradient. */
  static List<Element> elements(List<One> steps) {
    List<Element> elements = new ArrayList<>();
    for (One one : steps) {
      for (int i = 0; i < one.group().parameters().size(); i++) {
        int parameter = i;
        Optional<Tensor> gradient = one.step().gradients().get(0).get(i);
        gradient.ifPresent(g -> collect(one, parameter, g, elements::add));
      }
    }
    return elements;
  }

  private static void collect(One one, int i, Tensor gradient, Consumer<Element> sink) {
    State before = one.before();
    State after = one.traced().after();
    Tensor zeros = Tensor.zeros(gradient.shape());
    Optional<Tensor> buffer = after.buffers().get(0).get(i);
    Tensor v = before.buffers().get(0).get(i).orElse(zeros);
    Tensor nextV = buffer.orElse(zeros);
    for (int e = 0; e < gradient.size(); e++) {
      sink.accept(
          new Element(
              one,
              before.parameters().get(0).get(i).get(e),
              gradient.get(e),
              v.get(e),
              after.parameters().get(0).get(i).get(e),
              nextV.get(e),
              buffer.isPresent()));
    }
  }
}
