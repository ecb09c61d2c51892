package dev.alig.conformance.defects;

import static dev.alig.conformance.defects.GraphNodes.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.tensorflow.proto.NodeDef;

/** Defects of the projection's place in the graph: what it waits for, and what it reaches. */
final class ProjectionWiring {
  private final TensorFlowDefects defects;

  ProjectionWiring(TensorFlowDefects defects) {
    this.defects = defects;
  }

  List<Defect> all() {
    List<Defect> all = new ArrayList<>(order());
    all.addAll(reach());
    return all;
  }

  /** A defect of graphs with a ball and updates. */
  private Defect inBall(String name, String description, Change change) {
    return defects.defect(
        name,
        description,
        nodes -> {
          StepNodes step = new StepNodes(nodes);
          if (step.hasBall() && step.hasUpdates()) {
            change.accept(nodes, step);
          }
        });
  }

  private interface Change {
    void accept(GraphNodes nodes, StepNodes step);
  }

  private List<Defect> order() {
    return List.of(
        inBall(
            "projection-before-updates",
            "the updates wait for the projection, and not the other way round",
            (nodes, step) -> {
              List<NodeDef.Builder> updates = step.updates();
              NodeDef.Builder before = nodes.node(step.beforeProjection());
              NodeDef.Builder writing = step.beforeUpdates();
              String end = step.ofProjection(step.beforeProjection(), "Merge").getName();
              GraphNodes.dropControls(before, names(updates)::contains);
              GraphNodes.addControl(writing, end);
              waitFor(nodes, "train", updates);
            }),
        inBall(
            "projection-waits-for-one",
            "the projection waits for the first update, and the others for the projection",
            (nodes, step) -> {
              List<NodeDef.Builder> later = afterFirst(step.updates());
              NodeDef.Builder before = nodes.node(step.beforeProjection());
              String end = step.ofProjection(step.beforeProjection(), "Merge").getName();
              GraphNodes.dropControls(before, names(later)::contains);
              later.forEach(update -> GraphNodes.addControl(update, end));
              waitFor(nodes, "train", later);
            }),
        inBall(
            "norm-before-updates",
            "the projection takes the norm of the variables before the updates",
            (nodes, step) -> {
              NodeDef.Builder norm = step.norm(step.beforeProjection());
              NodeDef.Builder writing = step.beforeUpdates();
              ofNorm(step, node -> GraphNodes.dropControls(node, step.beforeProjection()::equals));
              GraphNodes.addControl(writing, norm.getName());
            }),
        inBall(
            "norm-between-updates",
            "the projection takes the norm of the variables after the first update",
            (nodes, step) -> {
              NodeDef.Builder norm = step.norm(step.beforeProjection());
              NodeDef.Builder first = step.updates().get(0);
              ofNorm(
                  step,
                  node -> {
                    GraphNodes.dropControls(node, step.beforeProjection()::equals);
                    GraphNodes.addControl(node, first.getName());
                  });
              afterFirst(step.updates())
                  .forEach(update -> GraphNodes.addControl(update, norm.getName()));
            }),
        inBall(
            "projection-only-at-start",
            "a step ends without its projection",
            (nodes, step) -> {
              String end = step.ofProjection(step.beforeProjection(), "Merge").getName();
              String before = step.beforeProjection();
              for (NodeDef.Builder node : nodes.ofKind("NoOp")) {
                if (GraphNodes.controls(node).contains(end)) {
                  GraphNodes.dropControls(node, end::equals);
                  GraphNodes.addControl(node, before);
                }
              }
            }),
        inBall(
            "projection-not-at-start",
            "the projection at the start is remembered and not done",
            (nodes, step) -> {
              String end = step.ofProjection(step.beforeFirstProjection(), "Merge").getName();
              nodes.where(any -> true).forEach(n -> GraphNodes.dropControls(n, end::equals));
            }));
  }

  private List<Defect> reach() {
    return List.of(
        inBall(
            "parameter-norm-halved",
            "half the sum of squares, which the kernel gives, counts for the sum",
            (nodes, step) -> nodes.doubled("VariableV2").forEach(GraphNodes::passThrough)),
        inBall(
            "projection-inside-out",
            "variables inside the ball are scaled, and those outside are not",
            (nodes, step) -> {
              String outside = step.ofProjection(step.beforeProjection(), "Switch").getName();
              for (NodeDef.Builder node : nodes.where(any -> true)) {
                for (int i = 0; i < node.getInputCount(); i++) {
                  if (node.getInput(i).equals(outside)) {
                    node.setInput(i, outside + ":1");
                  } else if (node.getInput(i).equals(outside + ":1")) {
                    node.setInput(i, outside);
                  }
                }
              }
            }),
        inBall(
            "projection-misses-first",
            "the first variable is not scaled after a step",
            (nodes, step) -> missesFirst(step, step.beforeProjection())),
        inBall(
            "first-projection-misses-first",
            "the first variable is not scaled at the start",
            (nodes, step) -> missesFirst(step, step.beforeFirstProjection())),
        inBall(
            "projection-misses-those-without-gradient",
            "variables without a gradient are not scaled",
            (nodes, step) -> {
              List<String> moved = step.movedVariables();
              GraphNodes.dropControls(
                  step.scaled(step.beforeProjection()),
                  assigned -> !moved.contains(nodes.node(assigned).getInput(0)));
            }),
        inBall(
            "norm-misses-those-without-gradient",
            "variables without a gradient do not count for the norm",
            (nodes, step) -> {
              List<String> moved = step.movedVariables();
              ofNorm(
                  step,
                  node -> {
                    if (node.getOp().equals("AddN")) {
                      List<String> kept =
                          node.getInputList().stream()
                              .filter(
                                  in -> in.startsWith("^") || moved.contains(variable(nodes, in)))
                              .toList();
                      node.clearInput().addAllInput(kept);
                      node.putAttr("N", GraphNodes.number(moved.size()));
                    }
                  });
            }));
  }

  private static String variable(GraphNodes nodes, String loss) {
    return nodes.node(loss).getInput(0);
  }

  private static void missesFirst(StepNodes step, String before) {
    NodeDef.Builder scaled = step.scaled(before);
    String first = GraphNodes.controls(scaled).get(0);
    GraphNodes.dropControls(scaled, first::equals);
  }

  private static void ofNorm(StepNodes step, Consumer<NodeDef.Builder> change) {
    Set<NodeDef.Builder> norm = step.parameterNorm(step.beforeProjection());
    norm.forEach(change);
  }

  private static List<NodeDef.Builder> afterFirst(List<NodeDef.Builder> updates) {
    return updates.subList(1, updates.size());
  }

  private static void waitFor(GraphNodes nodes, String waiting, List<NodeDef.Builder> others) {
    NodeDef.Builder node = nodes.node(waiting);
    others.forEach(other -> GraphNodes.addControl(node, other.getName()));
  }
}
