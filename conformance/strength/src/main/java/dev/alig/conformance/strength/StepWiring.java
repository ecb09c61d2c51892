package dev.alig.conformance.strength;

import static dev.alig.conformance.strength.StepNodes.addControl;
import static dev.alig.conformance.strength.StepNodes.dropControls;
import static dev.alig.conformance.strength.StepNodes.flag;
import static dev.alig.conformance.strength.StepNodes.names;
import static dev.alig.conformance.strength.StepNodes.type;
import static org.tensorflow.proto.DataType.DT_DOUBLE;
import static org.tensorflow.proto.DataType.DT_FLOAT;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Defects in how the graph wires a step: the update kernels, their slots and the step sizes.
 *
 * <p>The inputs of a momentum update are variable, slot, rate, gradient and momentum.
 */
final class StepWiring extends DefectTable<StepNodes> {
  StepWiring() {
    defect("without-nesterov", "the kernel is asked for plain momentum")
        .by(eachUpdate((step, update) -> update.putAttr("use_nesterov", flag(false))));
    defect("gradient-not-scaled", "the standard form's gradient is not multiplied by the step size")
        .by(
            eachStandardUpdate(
                (step, update) -> update.setInput(3, step.source(update, 3).getInput(0))));
    defect("rate-not-minus-one", "the standard form's rate is the step size and not -1")
        .by(
            eachStandardUpdate(
                (step, update) ->
                    update.setInput(2, step.source(step.source(update, 3), 1).getInput(0))));
    defect("momentum-squared", "the momentum is multiplied by itself")
        .by(
            eachUpdate(
                (step, update) ->
                    step.between(update, 4, "Mul")
                        .addInput(step.source(update, 4).getInput(0))
                        .putAttr("T", type(update))));
    defect("updates-not-awaited", "nothing waits for the updates, so that none runs")
        .by(
            step -> {
              if (!step.updates().isEmpty()) {
                dropControls(step.afterUpdates(), names(step.updates())::contains);
              }
            });
    defect("last-update-not-awaited", "nothing waits for the last of several updates")
        .by(
            step -> {
              List<String> updates = names(step.updates());
              if (updates.size() > 1) {
                dropControls(step.afterUpdates(), updates.get(updates.size() - 1)::equals);
              }
            });
    defect("slot-negated", "each form's slot has the sign of the other's")
        .by(
            eachUpdate(
                (step, update) -> {
                  step.between(update, 2, "Neg").putAttr("T", type(update));
                  step.between(update, 3, "Neg").putAttr("T", type(update));
                }));
    defect("slot-restarts", "the slot is initialized in every step")
        .by(eachUpdate((step, update) -> addControl(update, update.getInput(1) + "-init")));
    defect("slot-put-back", "the slot is set to what it was before the update")
        .by(
            eachUpdate(
                (step, update) -> {
                  String slot = update.getInput(1);
                  String old = slot + "/old";
                  String back = slot + "/back";
                  step.add(old, "DeepCopy", slot).putAttr("T", type(update));
                  addControl(update, old);
                  step.add(back, "Assign", slot, old, "^" + update.getName())
                      .putAttr("T", type(update))
                      .putAttr("validate_shape", flag(false));
                  addControl(step.afterUpdates(), back);
                }));
    defect("slot-keeps-last-run", "an initialized slot holds what it held before")
        .by(
            step ->
                step.where(node -> node.getName().endsWith("-momentum-init"))
                    .forEach(init -> init.setInput(1, init.getInput(0))));
    defect("slots-shared", "all variables use the first one's slot")
        .by(
            step ->
                step.momentumUpdates().forEach(update -> update.setInput(1, step.slots().get(0))));
    defect("slots-rotated", "each variable uses the slot of the next")
        .by(
            step -> {
              List<NodeDef.Builder> updates = step.momentumUpdates();
              List<String> slots = step.slots();
              for (int i = 0; i < slots.size(); i++) {
                updates.get(i).setInput(1, slots.get((i + 1) % slots.size()));
              }
            });

    // The scalars: the norm, the step sizes, and the groups that use them.
    defect(
            "gradient-norm-halved",
            "half the sum of squares, which the kernel gives, counts for the sum")
        .by(step -> step.doubled("Placeholder").forEach(StepNodes::passThrough));
    defect("clipped-at-zero", "a negative step size becomes 0, as in TensorFlow 1")
        .by(
            step -> {
              step.add(zero(step.node("AliG/eps").clone().setName("AliG/zero")));
              for (NodeDef.Builder size : step.named("AliG/step_size")) {
                step.between(size, 0, "Maximum")
                    .addInput("AliG/zero")
                    .putAttr("T", type(DT_DOUBLE));
              }
            });
    defect("clip-dropped", "a negative step size stays, though there is a cap")
        .by(step -> step.ofKind("Maximum").forEach(StepNodes::passThrough));
    defect(
            "nan-takes-cap",
            "the minimum's comparison is turned round, so that a NaN becomes the cap")
        .by(
            step -> {
              for (NodeDef.Builder select : step.named("AliG/Select")) {
                swap(step.source(select, 0), 0, 1);
                swap(select, 1, 2);
              }
            });
    defect("mean-is-sum", "the mean step size is the sum")
        .by(
            step -> {
              NodeDef.Builder mean = step.node("AliG/mean_step_size");
              if (step.source(mean, 0).getOp().equals("Div")) {
                mean.setInput(0, step.source(mean, 0).getInput(0));
              }
            });
    defect("unclipped-shows-cap", "the first group's step size is reported as the unclipped one")
        .by(
            step ->
                step.node("AliG/unclipped_step_size")
                    .setInput(0, step.node("AliG/step_size").getInput(0)));
    defect("one-step-size", "all groups have the first one's step size")
        .by(
            step -> {
              String first = step.node("AliG/step_size").getInput(0);
              step.named("AliG/step_size").forEach(size -> size.setInput(0, first));
            });
    defect("first-step-size-taken", "all groups take the first one's step and report their own")
        .by(step -> toFirst(step.ofKind("Cast"), "AliG/step_size"));
    defect("one-cap", "all groups have the first one's cap")
        .by(step -> toFirst(step.all(), "AliG/max_learning_rate"));
    defect("one-momentum", "all groups with momentum have the first one's factor")
        .by(step -> toFirst(step.all(), "AliG/momentum"));
    for (String number : List.of("eps", "max_learning_rate", "momentum", "radius", "step_size")) {
      defect(
              "float-" + number.replace('_', '-'),
              "a float, as the framework's own hyperparameters are")
          .by(step -> narrow(step, names(step.named("AliG/" + number))));
    }
  }

  private static Consumer<StepNodes> eachUpdate(BiConsumer<StepNodes, NodeDef.Builder> change) {
    return step -> step.momentumUpdates().forEach(update -> change.accept(step, update));
  }

  private static Consumer<StepNodes> eachStandardUpdate(
      BiConsumer<StepNodes, NodeDef.Builder> change) {
    return eachUpdate(
        (step, update) -> {
          if (step.source(update, 3).getOp().equals("Mul")) {
            change.accept(step, update);
          }
        });
  }

  /** Casts some numbers to float and back, wherever an operation takes them. */
  private static void narrow(StepNodes step, List<String> numbers) {
    for (NodeDef.Builder node : step.all()) {
      for (int i = 0; i < node.getInputCount(); i++) {
        if (numbers.contains(node.getInput(i))) {
          cast(step.between(node, i, "Cast"), DT_DOUBLE, DT_FLOAT);
          cast(step.between(node, i, "Cast"), DT_FLOAT, DT_DOUBLE);
        }
      }
    }
  }

  private static void cast(NodeDef.Builder cast, DataType from, DataType to) {
    cast.putAttr("SrcT", type(from)).putAttr("DstT", type(to));
  }

  private static void toFirst(List<NodeDef.Builder> nodes, String name) {
    for (NodeDef.Builder node : nodes) {
      for (int i = 0; i < node.getInputCount(); i++) {
        node.setInput(i, node.getInput(i).replaceFirst("^" + name + "_[0-9]+$", name));
      }
    }
  }

  private static void swap(NodeDef.Builder node, int first, int second) {
    String kept = node.getInput(first);
    node.setInput(first, node.getInput(second)).setInput(second, kept);
  }

  private static NodeDef.Builder zero(NodeDef.Builder constant) {
    AttrValue.Builder value = constant.getAttrOrThrow("value").toBuilder();
    value.getTensorBuilder().clearDoubleVal().clearTensorContent().addDoubleVal(0);
    return constant.putAttr("value", value.build());
  }
}
