package dev.alig.conformance.strength;

import static dev.alig.conformance.strength.StepNodes.addControl;
import static dev.alig.conformance.strength.StepNodes.controls;
import static dev.alig.conformance.strength.StepNodes.dropControls;
import static dev.alig.conformance.strength.StepNodes.names;

import java.util.List;
import java.util.function.Consumer;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/** Defects in how the graph wires the projection: what it waits for, and what it scales. */
final class ProjectionWiring extends DefectTable<StepNodes> {
  ProjectionWiring() {
    inBall(
        "projection-before-updates",
        "the updates wait for the projection, and not the other way round",
        step -> projectBefore(step, step.updates(), List.of(step.beforeUpdates())));
    inBall(
        "projection-waits-for-one",
        "the projection waits for the first update, and the others for the projection",
        step -> projectBefore(step, step.laterUpdates(), step.laterUpdates()));
    inBall(
        "norm-before-updates",
        "the projection takes the norm of the variables before the updates",
        step -> {
          addControl(step.beforeUpdates(), step.norm().getName());
          step.ofNorm().forEach(node -> dropControls(node, step.beforeProjection()::equals));
        });
    inBall(
        "norm-between-updates",
        "the projection takes the norm of the variables after the first update",
        step -> {
          step.laterUpdates().forEach(update -> addControl(update, step.norm().getName()));
          for (NodeDef.Builder node : step.ofNorm()) {
            dropControls(node, step.beforeProjection()::equals);
            addControl(node, step.updates().get(0).getName());
          }
        });
    inBall(
        "projection-only-at-start",
        "a step ends without its projection",
        step -> {
          String before = step.beforeProjection();
          String end = step.end(before);
          for (NodeDef.Builder node : step.ofKind("NoOp")) {
            if (controls(node).contains(end)) {
              dropControls(node, end::equals);
              addControl(node, before);
            }
          }
        });
    inBall(
        "projection-not-at-start",
        "the projection at the start is remembered and not done",
        step -> {
          String end = step.end(step.beforeFirstProjection());
          step.all().forEach(node -> dropControls(node, end::equals));
        });
    inBall(
        "parameter-norm-halved",
        "half the sum of squares, which the kernel gives, counts for the sum",
        step -> step.doubled("VariableV2").forEach(StepNodes::passThrough));
    inBall(
        "projection-inside-out",
        "variables inside the ball are scaled, and those outside are not",
        step -> {
          String outside = step.ofProjection(step.beforeProjection(), "Switch").getName();
          List<String> branches = List.of(outside, outside + ":1");
          for (NodeDef.Builder node : step.all()) {
            for (int i = 0; i < node.getInputCount(); i++) {
              int branch = branches.indexOf(node.getInput(i));
              if (branch >= 0) {
                node.setInput(i, branches.get(1 - branch));
              }
            }
          }
        });
    inBall(
        "projection-misses-first",
        "the first variable is not scaled after a step",
        step -> missesFirst(step.scaled(step.beforeProjection())));
    inBall(
        "first-projection-misses-first",
        "the first variable is not scaled at the start",
        step -> missesFirst(step.scaled(step.beforeFirstProjection())));
    inBall(
        "projection-misses-those-without-gradient",
        "variables without a gradient are not scaled",
        step -> dropControls(step.scaled(step.beforeProjection()), one -> !step.isOfMoved(one)));
    inBall(
        "norm-misses-those-without-gradient",
        "variables without a gradient do not count for the norm",
        step -> {
          for (NodeDef.Builder node : step.ofNorm()) {
            if (node.getOp().equals("AddN")) {
              List<String> moved = StepNodes.inputs(node).stream().filter(step::isOfMoved).toList();
              StepNodes.setInputs(node, moved, controls(node));
              node.putAttr("N", AttrValue.newBuilder().setI(moved.size()).build());
            }
          }
        });
  }

  /** Adds a defect that changes only graphs with a ball and updates. */
  private void inBall(String name, String description, Consumer<StepNodes> change) {
    defect(name, description)
        .by(
            step -> {
              if (step.hasBall() && !step.updates().isEmpty()) {
                change.accept(step);
              }
            });
  }

  /**
   * Stops the projection from waiting for {@code updates}, and makes {@code waiting} wait for it.
   */
  private static void projectBefore(
      StepNodes step, List<NodeDef.Builder> updates, List<NodeDef.Builder> waiting) {
    String before = step.beforeProjection();
    waiting.forEach(node -> addControl(node, step.end(before)));
    dropControls(step.node(before), names(updates)::contains);
    names(updates).forEach(update -> addControl(step.node("train"), update));
  }

  private static void missesFirst(NodeDef.Builder scaled) {
    dropControls(scaled, controls(scaled).get(0)::equals);
  }
}
