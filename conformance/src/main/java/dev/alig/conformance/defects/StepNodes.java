package dev.alig.conformance.defects;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.NodeDef;

/** The parts of ALI-G's step and of its projections in a graph. */
final class StepNodes {
  private static final String START = "AliG/radius";
  private static final String STEP = "AliG/radius_1";

  private final GraphNodes nodes;

  StepNodes(GraphNodes nodes) {
    this.nodes = nodes;
  }

  /** The kernels that move variables by momentum. */
  List<NodeDef.Builder> momentumUpdates() {
    return nodes.ofKind("ApplyMomentum");
  }

  /** All kernels that move variables, one for each that has a gradient. */
  List<NodeDef.Builder> updates() {
    return Stream.of("ApplyGradientDescent", "ApplyMomentum")
        .flatMap(kind -> nodes.ofKind(kind).stream())
        .toList();
  }

  boolean hasUpdates() {
    return !updates().isEmpty();
  }

  boolean hasBall() {
    return !nodes.named(START).isEmpty();
  }

  /** What every update waits for. */
  NodeDef.Builder beforeUpdates() {
    return nodes.node(GraphNodes.controls(updates().get(0)).get(0));
  }

  /** What waits for every update. */
  NodeDef.Builder afterUpdates() {
    String update = updates().get(0).getName();
    return nodes.where(node -> GraphNodes.controls(node).contains(update)).get(0);
  }

  /** The variables that are moved. */
  List<String> movedVariables() {
    return updates().stream().map(update -> update.getInput(0)).toList();
  }

  /** What the projection of a step waits for. */
  String beforeProjection() {
    return GraphNodes.controls(nodes.node(STEP)).get(0);
  }

  /** What the projection at the start waits for: nothing, under a name. */
  String beforeFirstProjection() {
    return GraphNodes.controls(nodes.node(START)).get(0);
  }

  /** The operation of a projection that waits for this and is of a kind. */
  NodeDef.Builder ofProjection(String before, String kind) {
    return nodes
        .where(node -> node.getOp().equals(kind) && GraphNodes.controls(node).contains(before))
        .get(0);
  }

  /** What ends a projection in which something was scaled; it waits for each assignment. */
  NodeDef.Builder scaled(String before) {
    NodeDef.Builder merge = ofProjection(before, "Merge");
    return nodes.source(merge, 1);
  }

  /** What the norm of the parameters in a projection is computed from, and the norm itself. */
  Set<NodeDef.Builder> parameterNorm(String before) {
    Set<NodeDef.Builder> found = new LinkedHashSet<>();
    List<NodeDef.Builder> open = new ArrayList<>(List.of(norm(before)));
    while (!open.isEmpty()) {
      NodeDef.Builder node = open.remove(0);
      if (GraphNodes.controls(node).contains(before) && found.add(node)) {
        node.getInputList().stream()
            .filter(input -> !input.startsWith("^"))
            .forEach(input -> open.add(nodes.node(input)));
      }
    }
    return found;
  }

  /** The norm of the parameters in a projection. */
  NodeDef.Builder norm(String before) {
    return nodes.source(ofProjection(before, "Greater"), 0);
  }
}
