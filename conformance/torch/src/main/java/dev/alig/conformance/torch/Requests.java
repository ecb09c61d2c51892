package dev.alig.conformance.torch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.MomentumForm;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Writes batches of cases, as {@code alig_oracle/request.py} reads them.
 *
 * @param optimizers the bridge's handle of the package to run
 * @param defect the defective optimizer to run in its place
 */
record Requests(int optimizers, Optional<DefectivePython> defect) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * Describes a batch, and lays its tensors out one case after the other.
   *
   * @param given per step, the step sizes to set as caps; empty to keep the groups' own caps
   */
  ObjectNode of(
      List<StepCase> cases, List<List<Double>> given, ByteBuffer inputs, ByteBuffer outputs) {
    ObjectNode request = NODES.objectNode();
    request.put("package", optimizers);
    defect.ifPresent(defective -> request.put("defect", defective.name()));
    ArrayNode list = request.putArray("cases");
    int in = 0;
    int out = 0;
    for (StepCase scripted : cases) {
      list.add(describe(scripted, in, out, given));
      Packing.write(scripted, inputs.position(in));
      Outputs.prepare(scripted, outputs, out);
      in += Packing.inputBytes(scripted);
      out += Outputs.bytes(scripted);
    }
    return request;
  }

  private static ObjectNode describe(StepCase scripted, int in, int out, List<List<Double>> given) {
    ObjectNode node = NODES.objectNode();
    node.put("dtype", scripted.dtype().torchName());
    node.put("eps", scripted.eps());
    node.put("adjusted", scripted.form() == MomentumForm.ADJUSTED);
    scripted.radius().ifPresentOrElse(r -> node.put("radius", r), () -> node.putNull("radius"));
    node.put("resumed", scripted.resumed().isPresent());
    node.put("in", in);
    node.put("out", out);
    ArrayNode groups = node.putArray("groups");
    scripted.groups().forEach(group -> describe(group, groups.addObject()));
    ArrayNode steps = node.putArray("steps");
    scripted.steps().forEach(step -> describe(step, steps.addObject()));
    for (int k = 0; k < given.size(); k++) {
      setCaps(Step.capsOf(given.get(k)), given.get(k).size(), (ObjectNode) steps.get(k));
    }
    return node;
  }

  private static void describe(Group group, ObjectNode node) {
    group
        .maxLearningRate()
        .ifPresentOrElse(cap -> node.put("max_lr", cap), () -> node.putNull("max_lr"));
    node.put("momentum", group.momentum());
    ArrayNode shapes = node.putArray("shapes");
    group.parameters().forEach(tensor -> tensor.shape().forEach(shapes.addArray()::add));
  }

  private static void setCaps(Optional<List<Double>> caps, int groups, ObjectNode step) {
    ArrayNode list = step.putArray("caps");
    for (int g = 0; g < groups; g++) {
      list.add(caps.isPresent() ? caps.get().get(g) : null);
    }
  }

  private static void describe(Step step, ObjectNode node) {
    node.put("loss", step.loss());
    node.put("kind", step.lossKind().word());
    ArrayNode present = node.putArray("present");
    for (var group : step.gradients()) {
      ArrayNode flags = present.addArray();
      group.forEach(gradient -> flags.add(gradient.isPresent()));
    }
  }
}
