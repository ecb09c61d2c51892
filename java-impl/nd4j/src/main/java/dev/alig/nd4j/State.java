package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The state of an optimizer between steps, without its parameters. */
record State(Settings settings, long stepCount, List<GroupState> groups) {
  record GroupState(GroupSettings settings, List<Momentum> momenta) {}

  /** The momentum of one parameter; no values mean zeros. */
  record Momentum(String name, List<Long> shape, int length, Optional<INDArray> values) {
    Momentum with(Optional<INDArray> replacement) {
      return new Momentum(name, shape, length, replacement);
    }

    static Momentum of(Parameter parameter) {
      List<Long> shape = Arrays.stream(parameter.shape()).boxed().toList();
      return new Momentum(parameter.name(), shape, parameter.length(), parameter.momentum());
    }
  }
}
