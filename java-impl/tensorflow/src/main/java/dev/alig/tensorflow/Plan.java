package dev.alig.tensorflow;

import dev.alig.Settings;
import java.util.List;
import org.tensorflow.Graph;

/**
 * The configuration of an optimizer.
 *
 * @param rest the settings of variables that are in no group
 */
record Plan(
    Graph graph,
    String name,
    Semantics semantics,
    Settings settings,
    List<ParameterGroup> groups,
    ParameterGroup rest,
    boolean unsavedMomentum) {
  Plan {
    groups = List.copyOf(groups);
  }
}
