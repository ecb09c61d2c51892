package dev.alig.tensorflow;

import dev.alig.Settings;
import java.util.List;
import org.tensorflow.Graph;

/**
 * What an optimizer was built to do.
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
