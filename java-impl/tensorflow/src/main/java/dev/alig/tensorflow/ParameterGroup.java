package dev.alig.tensorflow;

import dev.alig.GroupSettings;
import java.util.List;
import org.tensorflow.Operand;

/** A parameter group: variables that share a cap and a momentum. */
record ParameterGroup(Cap cap, double momentum, List<Operand<?>> variables) {
  /** Checks the numbers as {@link GroupSettings} does. */
  ParameterGroup {
    double fixed = cap instanceof Cap.Fixed number ? number.value() : GroupSettings.UNCAPPED;
    momentum = new GroupSettings(fixed, momentum).momentum();
    variables = List.copyOf(variables);
  }

  boolean hasMomentum() {
    return momentum != 0;
  }
}
