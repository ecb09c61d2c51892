package dev.alig.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.MomentumForm;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** One recorded case as JSON. */
final class TraceJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private TraceJson() {}

  static Recorded read(JsonNode node, Origin origin) {
    List<List<List<Integer>>> shapes = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    for (JsonNode group : required(node, "groups")) {
      List<List<Integer>> ofGroup = shapes(required(group, "shapes"));
      shapes.add(ofGroup);
      List<Tensor> initial = tensors(ofGroup, required(group, "initial"));
      groups.add(new Group(optional(group.path("max_lr")), momentum(group, origin), initial));
    }
    List<Step> steps = new ArrayList<>();
    List<TracedStep> traced = new ArrayList<>();
    for (JsonNode step : required(node, "steps")) {
      LossKind kind =
          origin == Origin.TF
              ? LossKind.TENSOR
              : LossKind.ofWord(required(step, "loss_kind").asText());
      List<List<Optional<Tensor>>> gradients = optionalTensors(shapes, required(step, "gradients"));
      steps.add(new Step(number(required(step, "loss")), kind, gradients));
      traced.add(traced(shapes, required(step, "expected"), origin, groups.size()));
    }
    boolean adjusted = origin == Origin.TF || node.path("adjusted_momentum").asBoolean();
    StepCase scripted =
        new StepCase(
            required(node, "id").asText(),
            DType.ofTorchName(required(node, "dtype").asText()),
            number(required(node, "eps")),
            adjusted ? MomentumForm.ADJUSTED : MomentumForm.STANDARD,
            optional(node.path("projection_radius")),
            groups,
            steps,
            node.hasNonNull("resumed")
                ? Optional.of(state(shapes, node.path("resumed"), Origin.TH))
                : Optional.empty());
    State constructed =
        node.has("constructed")
            ? state(shapes, node.path("constructed"), origin)
            : State.initial(groups);
    return new Recorded(origin, scripted, new Trace(constructed, traced, Optional.empty()));
  }

  /** TensorFlow's momentum optimizer holds its momentum in float32, whatever the variables are. */
  private static double momentum(JsonNode group, Origin origin) {
    double momentum = number(required(group, "momentum"));
    return origin == Origin.TF ? (float) momentum : momentum;
  }

  private static TracedStep traced(
      List<List<List<Integer>>> shapes, JsonNode expected, Origin origin, int groups) {
    State after = state(shapes, expected, origin);
    if (origin == Origin.TF) {
      double size = number(required(expected, "step_size"));
      return new TracedStep(size, Collections.nCopies(groups, size), size, after);
    }
    List<Double> sizes = new ArrayList<>();
    required(expected, "step_sizes").forEach(size -> sizes.add(number(size)));
    return new TracedStep(
        number(required(expected, "step_size_unclipped")),
        sizes,
        number(required(expected, "step_size_mean")),
        after);
  }

  private static State state(List<List<List<Integer>>> shapes, JsonNode node, Origin origin) {
    JsonNode parameters = required(node, "parameters");
    JsonNode buffers = required(node, "buffers");
    List<List<Tensor>> groups = new ArrayList<>();
    List<List<Optional<Tensor>>> momenta = new ArrayList<>();
    for (int g = 0; g < shapes.size(); g++) {
      groups.add(tensors(shapes.get(g), element(parameters, g, origin)));
      momenta.add(optionalTensors(shapes.get(g), element(buffers, g, origin)));
    }
    State state = new State(groups, momenta);
    return origin == Origin.TF ? state.map(p -> p, buffer -> buffer.map(v -> -v)) : state;
  }

  /** The TensorFlow original has one group, and its records leave that level out. */
  private static JsonNode element(JsonNode groups, int g, Origin origin) {
    return origin == Origin.TF ? groups : groups.path(g);
  }

  private static List<List<Integer>> shapes(JsonNode node) {
    List<List<Integer>> shapes = new ArrayList<>();
    for (JsonNode shape : node) {
      List<Integer> lengths = new ArrayList<>();
      shape.forEach(length -> lengths.add(length.asInt()));
      shapes.add(lengths);
    }
    return shapes;
  }

  private static List<Tensor> tensors(List<List<Integer>> shapes, JsonNode node) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      tensors.add(tensor(shapes.get(i), node.path(i)));
    }
    return tensors;
  }

  private static List<List<Optional<Tensor>>> optionalTensors(
      List<List<List<Integer>>> shapes, JsonNode node) {
    List<List<Optional<Tensor>>> groups = new ArrayList<>();
    for (int g = 0; g < shapes.size(); g++) {
      groups.add(optionalTensors(shapes.get(g), node.path(g)));
    }
    return groups;
  }

  private static List<Optional<Tensor>> optionalTensors(
      List<List<Integer>> shapes, Iterable<JsonNode> node) {
    List<Optional<Tensor>> tensors = new ArrayList<>();
    int i = 0;
    for (JsonNode values : node) {
      List<Integer> shape = shapes.get(i++);
      tensors.add(values.isNull() ? Optional.empty() : Optional.of(tensor(shape, values)));
    }
    return tensors;
  }

  private static Tensor tensor(List<Integer> shape, JsonNode node) {
    double[] values = new double[node.size()];
    for (int e = 0; e < values.length; e++) {
      values[e] = number(node.get(e));
    }
    return Tensor.of(shape, values);
  }

  private static JsonNode required(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      throw new IllegalArgumentException("it lacks " + key);
    }
    return value;
  }

  private static OptionalDouble optional(JsonNode node) {
    return node.isMissingNode() || node.isNull()
        ? OptionalDouble.empty()
        : OptionalDouble.of(number(node));
  }

  private static double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : TraceFile.number(node.asText());
  }

  static ObjectNode write(Recorded recorded) {
    StepCase scripted = recorded.scripted();
    ObjectNode node = NODES.objectNode();
    node.put("id", scripted.id());
    node.put("dtype", scripted.dtype().torchName());
    node.put("eps", TraceFile.hex(scripted.eps()));
    node.put("adjusted_momentum", scripted.form() == MomentumForm.ADJUSTED);
    node.set("projection_radius", hex(scripted.radius()));
    ArrayNode groups = node.putArray("groups");
    scripted.groups().forEach(group -> write(group, groups.addObject()));
    scripted.resumed().ifPresent(state -> node.set("resumed", write(state)));
    node.set("constructed", write(recorded.trace().constructed()));
    ArrayNode steps = node.putArray("steps");
    for (int k = 0; k < recorded.trace().steps().size(); k++) {
      write(scripted.steps().get(k), recorded.trace().steps().get(k), steps.addObject());
    }
    return node;
  }

  private static void write(Group group, ObjectNode node) {
    node.set("max_lr", hex(group.maxLearningRate()));
    node.put("momentum", TraceFile.hex(group.momentum()));
    ArrayNode shapes = node.putArray("shapes");
    group.parameters().forEach(tensor -> tensor.shape().forEach(shapes.addArray()::add));
    ArrayNode initial = node.putArray("initial");
    group.parameters().forEach(tensor -> initial.add(hex(tensor)));
  }

  private static void write(Step step, TracedStep traced, ObjectNode node) {
    node.put("loss", TraceFile.hex(step.loss()));
    node.put("loss_kind", step.lossKind().word());
    node.set("gradients", optionals(step.gradients()));
    ObjectNode expected = write(traced.after());
    expected.put("step_size_unclipped", TraceFile.hex(traced.unclipped()));
    ArrayNode sizes = expected.putArray("step_sizes");
    traced.stepSizes().forEach(size -> sizes.add(TraceFile.hex(size)));
    expected.put("step_size_mean", TraceFile.hex(traced.mean()));
    node.set("expected", expected);
  }

  private static ObjectNode write(State state) {
    ObjectNode node = NODES.objectNode();
    ArrayNode parameters = node.putArray("parameters");
    for (List<Tensor> group : state.parameters()) {
      ArrayNode ofGroup = parameters.addArray();
      group.forEach(tensor -> ofGroup.add(hex(tensor)));
    }
    node.set("buffers", optionals(state.buffers()));
    return node;
  }

  private static ArrayNode optionals(List<List<Optional<Tensor>>> groups) {
    ArrayNode node = NODES.arrayNode();
    for (List<Optional<Tensor>> group : groups) {
      ArrayNode ofGroup = node.addArray();
      group.forEach(
          tensor -> tensor.ifPresentOrElse(present -> ofGroup.add(hex(present)), ofGroup::addNull));
    }
    return node;
  }

  private static ArrayNode hex(Tensor tensor) {
    ArrayNode values = NODES.arrayNode();
    for (int e = 0; e < tensor.size(); e++) {
      values.add(TraceFile.hex(tensor.get(e)));
    }
    return values;
  }

  private static JsonNode hex(OptionalDouble value) {
    return value.isPresent()
        ? NODES.textNode(TraceFile.hex(value.getAsDouble()))
        : NODES.nullNode();
  }
}
