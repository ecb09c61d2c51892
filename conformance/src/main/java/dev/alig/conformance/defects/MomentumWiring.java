package dev.alig.conformance.defects;

import static dev.alig.conformance.defects.GraphNodes.flag;
import static dev.alig.conformance.defects.GraphNodes.names;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/** Defects of the updates in the graph: the kernel's settings and operands, and its slot. */
final class MomentumWiring {
  private final TensorFlowDefects defects;

  MomentumWiring(TensorFlowDefects defects) {
    this.defects = defects;
  }

  List<Defect> all() {
    List<Defect> all = new ArrayList<>(moves());
    all.addAll(slots());
    return all;
  }

  private Defect perMomentumUpdate(String name, String description, MomentumChange changeOfOne) {
    return defects.defect(
        name,
        description,
        nodes ->
            new StepNodes(nodes)
                .momentumUpdates()
                .forEach(update -> changeOfOne.change(nodes, update)));
  }

  /** What is done to one ApplyMomentum: variable, slot, rate, gradient, momentum. */
  private interface MomentumChange {
    void change(GraphNodes nodes, NodeDef.Builder update);
  }

  private List<Defect> moves() {
    return List.of(
        perMomentumUpdate(
            "without-nesterov",
            "the kernel is asked for plain momentum",
            (nodes, update) -> update.putAttr("use_nesterov", flag(false))),
        perMomentumUpdate(
            "gradient-not-scaled",
            "the standard form's gradient is not multiplied by the step size",
            (nodes, update) -> {
              if (isStandard(nodes, update)) {
                update.setInput(3, nodes.source(update, 3).getInput(0));
              }
            }),
        perMomentumUpdate(
            "rate-not-minus-one",
            "the standard form's rate is the step size and not -1",
            (nodes, update) -> {
              if (isStandard(nodes, update)) {
                NodeDef.Builder negated = nodes.source(nodes.source(update, 3), 1);
                update.setInput(2, negated.getInput(0));
              }
            }),
        perMomentumUpdate(
            "momentum-squared",
            "the momentum is multiplied by itself",
            (nodes, update) ->
                nodes.between(update, 4, "Mul", update.getInput(4)).putAttr("T", type(update))),
        defects.defect(
            "updates-not-awaited",
            "nothing waits for the updates, so that none runs",
            nodes -> {
              StepNodes step = new StepNodes(nodes);
              if (step.hasUpdates()) {
                List<String> updates = names(step.updates());
                GraphNodes.dropControls(step.afterUpdates(), updates::contains);
              }
            }),
        defects.defect(
            "last-update-not-awaited",
            "nothing waits for the last of several updates",
            nodes -> {
              StepNodes step = new StepNodes(nodes);
              List<String> updates = names(step.updates());
              if (updates.size() > 1) {
                String last = updates.get(updates.size() - 1);
                GraphNodes.dropControls(step.afterUpdates(), last::equals);
              }
            }));
  }

  private List<Defect> slots() {
    return List.of(
        perMomentumUpdate(
            "slot-negated",
            "each form's slot has the sign of the other's",
            (nodes, update) -> {
              nodes.between(update, 2, "Neg").putAttr("T", type(update));
              nodes.between(update, 3, "Neg").putAttr("T", type(update));
            }),
        perMomentumUpdate(
            "slot-restarts",
            "the slot is initialized in every step",
            (nodes, update) -> GraphNodes.addControl(update, update.getInput(1) + "-init")),
        perMomentumUpdate(
            "slot-put-back",
            "the slot is set to what it was before the update",
            (nodes, update) -> {
              StepNodes step = new StepNodes(nodes);
              String slot = update.getInput(1);
              NodeDef.Builder old =
                  nodes.add(node(slot + "/old", "DeepCopy", slot).putAttr("T", type(update)));
              GraphNodes.addControl(update, old.getName());
              NodeDef.Builder back =
                  nodes.add(
                      node(slot + "/back", "Assign", slot, old.getName())
                          .putAttr("T", type(update))
                          .putAttr("validate_shape", flag(false)));
              GraphNodes.addControl(back, update.getName());
              GraphNodes.addControl(step.afterUpdates(), back.getName());
            }),
        defects.defect(
            "slot-keeps-last-run",
            "an initialized slot holds what it held before",
            nodes ->
                nodes
                    .where(node -> node.getName().endsWith("-momentum-init"))
                    .forEach(init -> init.setInput(1, init.getInput(0)))),
        defects.defect(
            "slots-shared",
            "all variables use the first one's slot",
            nodes -> {
              List<NodeDef.Builder> updates = new StepNodes(nodes).momentumUpdates();
              updates.forEach(update -> update.setInput(1, updates.get(0).getInput(1)));
            }),
        defects.defect(
            "slots-rotated",
            "each variable uses the slot of the next",
            nodes -> {
              List<NodeDef.Builder> updates = new StepNodes(nodes).momentumUpdates();
              List<String> slots = updates.stream().map(update -> update.getInput(1)).toList();
              for (int i = 0; i < slots.size(); i++) {
                updates.get(i).setInput(1, slots.get((i + 1) % slots.size()));
              }
            }));
  }

  private static boolean isStandard(GraphNodes nodes, NodeDef.Builder update) {
    return nodes.source(update, 3).getOp().equals("Mul");
  }

  private static NodeDef.Builder node(String name, String op, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs));
  }

  private static AttrValue type(NodeDef.Builder node) {
    return node.getAttrOrThrow("T");
  }
}
