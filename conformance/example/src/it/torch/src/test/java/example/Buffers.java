package example;

import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The arrays of a case under way: parameters and momentum, group by group. */
final class Buffers {
  final List<List<double[]>> parameters = new ArrayList<>();
  final List<List<double[]>> momenta = new ArrayList<>();
  private final StepCase scripted;

  Buffers(StepCase scripted) {
    this.scripted = scripted;
    for (Group group : scripted.groups()) {
      parameters.add(group.parameters().stream().map(Tensor::toArray).toList());
      momenta.add(group.parameters().stream().map(t -> new double[t.size()]).toList());
    }
  }

  /** Puts a state in place of the one after construction. */
  void load(State state) {
    for (int g = 0; g < parameters.size(); g++) {
      for (int i = 0; i < parameters.get(g).size(); i++) {
        copy(state.parameters().get(g).get(i), parameters.get(g).get(i));
        double[] momentum = momenta.get(g).get(i);
        state.buffers().get(g).get(i).ifPresent(buffer -> copy(buffer, momentum));
      }
    }
  }

  private static void copy(Tensor from, double[] to) {
    System.arraycopy(from.toArray(), 0, to, 0, to.length);
  }

  /** All parameters, in one list. */
  double[][] all() {
    return parameters.stream().flatMap(List::stream).toArray(double[][]::new);
  }

  /** A copy, in the kit's words. */
  State state() {
    return State.of(scripted.groups(), parameters, momenta);
  }
}
