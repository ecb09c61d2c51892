package dev.alig.conformance.strength;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The operations of ALI-G's TensorFlow graph, which defects rewire.
 *
 * <p>An input is the name of an operation, with {@code :n} for an output other than its first. An
 * input that starts with {@code ^} is a control input: an operation that must end first. Control
 * inputs follow all other inputs.
 */
final class StepNodes {
  private static final String START = "AliG/radius";

  private final GraphDef graph;
  private final Map<String, NodeDef.Builder> nodes = new LinkedHashMap<>();

  StepNodes(GraphDef graph) {
    this.graph = graph;
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node.toBuilder()));
  }

  GraphDef built() {
    GraphDef.Builder edited = graph.toBuilder().clearNode();
    nodes.values().forEach(edited::addNode);
    return edited.build();
  }

  /** All operations, in the order in which they were added. */
  List<NodeDef.Builder> all() {
    return List.copyOf(nodes.values());
  }

  List<NodeDef.Builder> where(Predicate<NodeDef.Builder> condition) {
    return nodes.values().stream().filter(condition).toList();
  }

  List<NodeDef.Builder> ofKind(String op) {
    return where(node -> node.getOp().equals(op));
  }

  /** The operations with this name, or with this name, {@code _} and a number. */
  List<NodeDef.Builder> named(String name) {
    return where(node -> node.getName().matches(name + "(_[0-9]+)?"));
  }

  static List<String> names(List<NodeDef.Builder> nodes) {
    return nodes.stream().map(NodeDef.Builder::getName).toList();
  }

  /** The operation of an input. */
  NodeDef.Builder node(String input) {
    NodeDef.Builder found = nodes.get(input.replaceFirst("^\\^|:.*", ""));
    if (found == null) {
      throw new IllegalArgumentException("the graph has no operation " + input);
    }
    return found;
  }

  /** The operation that an input comes from. */
  NodeDef.Builder source(NodeDef.Builder node, int input) {
    return node(node.getInput(input));
  }

  /** The inputs without the control inputs. */
  static List<String> inputs(NodeDef.Builder node) {
    return node.getInputList().stream().filter(input -> !input.startsWith("^")).toList();
  }

  /** The names of the operations that must end first. */
  static List<String> controls(NodeDef.Builder node) {
    return node.getInputList().stream()
        .filter(input -> input.startsWith("^"))
        .map(input -> input.substring(1))
        .toList();
  }

  static void setInputs(NodeDef.Builder node, List<String> inputs, List<String> controls) {
    node.clearInput().addAllInput(inputs);
    controls.forEach(control -> addControl(node, control));
  }

  /** Makes an operation wait for another. */
  static void addControl(NodeDef.Builder node, String other) {
    node.addInput("^" + other);
  }

  /** Stops an operation from waiting for those whose names meet a condition. */
  static void dropControls(NodeDef.Builder node, Predicate<String> condition) {
    setInputs(node, inputs(node), controls(node).stream().filter(condition.negate()).toList());
  }

  /** Makes an operation return its first input. */
  static void passThrough(NodeDef.Builder node) {
    setInputs(node.setOp("Identity"), List.of(node.getInput(0)), controls(node));
  }

  NodeDef.Builder add(String name, String op, String... inputs) {
    return add(NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs)));
  }

  NodeDef.Builder add(NodeDef.Builder node) {
    nodes.put(node.getName(), node);
    return node;
  }

  /** Inserts an operation between a node and one of its inputs. */
  NodeDef.Builder between(NodeDef.Builder node, int input, String op) {
    String name = "%s/%s_%d".formatted(node.getName(), op, nodes.size());
    NodeDef.Builder added = add(name, op, node.getInput(input));
    node.setInput(input, name);
    return added;
  }

  /** The type of an operation's elements. */
  static AttrValue type(NodeDef.Builder node) {
    return node.getAttrOrThrow("T");
  }

  static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  static AttrValue flag(boolean value) {
    return AttrValue.newBuilder().setB(value).build();
  }

  // The parts of ALI-G's step.

  /** The kernels that update variables with momentum. */
  List<NodeDef.Builder> momentumUpdates() {
    return ofKind("ApplyMomentum");
  }

  /** The slots of the momentum updates, in the same order. */
  List<String> slots() {
    return momentumUpdates().stream().map(update -> update.getInput(1)).toList();
  }

  /** All kernels that update variables, one for each variable with a gradient. */
  List<NodeDef.Builder> updates() {
    return Stream.concat(ofKind("ApplyGradientDescent").stream(), momentumUpdates().stream())
        .toList();
  }

  /** All updates but the first. */
  List<NodeDef.Builder> laterUpdates() {
    return updates().subList(1, updates().size());
  }

  /** The operation that every update waits for. */
  NodeDef.Builder beforeUpdates() {
    return node(controls(updates().get(0)).get(0));
  }

  /** The operation that waits for every update. */
  NodeDef.Builder afterUpdates() {
    String update = updates().get(0).getName();
    return where(node -> controls(node).contains(update)).get(0);
  }

  /** Whether an operation's first input is a variable that has a gradient. */
  boolean isOfMoved(String operation) {
    String variable = node(operation).getInput(0);
    return updates().stream().anyMatch(update -> update.getInput(0).equals(variable));
  }

  /**
   * The multiplications that double the kernel's half sums of squares, over operations of a kind.
   */
  List<NodeDef.Builder> doubled(String kind) {
    return where(
        node ->
            node.getOp().equals("Mul")
                && List.of("AddN", "L2Loss").contains(source(node, 0).getOp())
                && comesFrom(node, kind));
  }

  private boolean comesFrom(NodeDef.Builder node, String kind) {
    return node.getOp().equals(kind)
        || inputs(node).stream().anyMatch(input -> comesFrom(node(input), kind));
  }

  // The projections.

  boolean hasBall() {
    return !named(START).isEmpty();
  }

  /** The name of the operation that the projection at the start waits for; it does nothing. */
  String beforeFirstProjection() {
    return controls(node(START)).get(0);
  }

  /** The name of the operation that a step's projection waits for. */
  String beforeProjection() {
    return controls(node(START + "_1")).get(0);
  }

  /** The operation of a kind in the projection that waits for {@code before}. */
  NodeDef.Builder ofProjection(String before, String kind) {
    return where(node -> node.getOp().equals(kind) && controls(node).contains(before)).get(0);
  }

  /** The name of the operation that ends a projection. */
  String end(String before) {
    return ofProjection(before, "Merge").getName();
  }

  /** The operation that ends the scaling in a projection; it waits for each assignment. */
  NodeDef.Builder scaled(String before) {
    return source(ofProjection(before, "Merge"), 1);
  }

  /** The norm of the parameters in a step's projection. */
  NodeDef.Builder norm() {
    return source(ofProjection(beforeProjection(), "Greater"), 0);
  }

  /** The norm, and the operations of the projection that compute it. */
  Set<NodeDef.Builder> ofNorm() {
    String before = beforeProjection();
    Set<NodeDef.Builder> found = new LinkedHashSet<>();
    List<NodeDef.Builder> open = new ArrayList<>(List.of(norm()));
    while (!open.isEmpty()) {
      NodeDef.Builder node = open.remove(0);
      if (controls(node).contains(before) && found.add(node)) {
        inputs(node).forEach(input -> open.add(node(input)));
      }
    }
    return found;
  }
}
