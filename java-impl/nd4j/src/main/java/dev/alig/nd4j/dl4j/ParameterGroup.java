package dev.alig.nd4j.dl4j;

import java.util.List;

/**
 * A parameter group: the parameters that share a cap and a momentum.
 *
 * @param updater their settings
 * @param parameters their names in the network's {@code paramTable()}
 */
public record ParameterGroup(AliGUpdater updater, List<String> parameters) {
  /** Copies the names. */
  public ParameterGroup {
    parameters = List.copyOf(parameters);
  }
}
