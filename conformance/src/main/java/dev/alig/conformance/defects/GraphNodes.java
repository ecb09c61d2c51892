package dev.alig.conformance.defects;

import dev.alig.conformance.subjects.GraphEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The operations of a TensorFlow graph, to be rewired.
 *
 * <p>An input is the name of an operation, with {@code :n} for an output other than its first; or
 * {@code ^} and the name of an operation that must have ended before, after all others.
 */
final class GraphNodes {
  private final GraphDef graph;
  private final Map<String, NodeDef.Builder> nodes = new LinkedHashMap<>();

  private GraphNodes(GraphDef graph) {
    this.graph = graph;
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node.toBuilder()));
  }

  /** An edit in place. */
  static GraphEdit edit(Consumer<GraphNodes> change) {
    return graph -> {
      GraphNodes nodes = new GraphNodes(graph);
      change.accept(nodes);
      return Optional.of(nodes.built()).filter(built -> !built.equals(graph));
    };
  }

  private GraphDef built() {
    GraphDef.Builder edited = graph.toBuilder().clearNode();
    nodes.values().forEach(edited::addNode);
    return edited.build();
  }

  /** All operations of a kind, in the order in which they were added. */
  List<NodeDef.Builder> ofKind(String op) {
    return where(node -> node.getOp().equals(op));
  }

  /** Those that bear the name, or the name and {@code _} and a number. */
  List<NodeDef.Builder> named(String name) {
    return where(node -> node.getName().matches(name + "(_[0-9]+)?"));
  }

  List<NodeDef.Builder> where(Predicate<NodeDef.Builder> condition) {
    return new ArrayList<>(nodes.values().stream().filter(condition).toList());
  }

  /** The operation that an input comes from. */
  NodeDef.Builder source(NodeDef.Builder node, int input) {
    return node(node.getInput(input));
  }

  /** The operation of an input's name. */
  NodeDef.Builder node(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input.split(":", -1)[0];
    NodeDef.Builder found = nodes.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the graph has no operation " + name);
    }
    return found;
  }

  /** Whether the operation's results come, if over others, from one of a kind. */
  boolean comesFrom(NodeDef.Builder node, String kind) {
    if (node.getOp().equals(kind)) {
      return true;
    }
    return node.getInputList().stream()
        .filter(input -> !input.startsWith("^"))
        .anyMatch(input -> comesFrom(node(input), kind));
  }

  /** Adds an operation that stands between an input and its operation. */
  NodeDef.Builder between(NodeDef.Builder node, int input, String op, String... further) {
    NodeDef.Builder added =
        NodeDef.newBuilder()
            .setName("%s/%s_%d".formatted(node.getName(), op, nodes.size()))
            .setOp(op)
            .addInput(node.getInput(input));
    for (String more : further) {
      added.addInput(more);
    }
    nodes.put(added.getName(), added);
    node.setInput(input, added.getName());
    return added;
  }

  /** Adds an operation that has no inputs. */
  NodeDef.Builder add(NodeDef.Builder node) {
    nodes.put(node.getName(), node);
    return node;
  }

  /** Takes away what must have ended before, if it meets a condition. */
  static void dropControls(NodeDef.Builder node, Predicate<String> condition) {
    List<String> kept =
        node.getInputList().stream()
            .filter(input -> !input.startsWith("^") || !condition.test(input.substring(1)))
            .toList();
    node.clearInput().addAllInput(kept);
  }

  /** The names of what must have ended before. */
  static List<String> controls(NodeDef.Builder node) {
    return node.getInputList().stream()
        .filter(input -> input.startsWith("^"))
        .map(input -> input.substring(1))
        .toList();
  }

  /** Lets an operation wait for another. */
  static void addControl(NodeDef.Builder node, String other) {
    node.addInput("^" + other);
  }

  static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  static AttrValue flag(boolean value) {
    return AttrValue.newBuilder().setB(value).build();
  }

  static AttrValue number(long value) {
    return AttrValue.newBuilder().setI(value).build();
  }

  /** Sums of squares: twice what the kernel gives, over operations of a kind. */
  List<NodeDef.Builder> doubled(String kind) {
    return where(
        node ->
            node.getOp().equals("Mul")
                && List.of("AddN", "L2Loss").contains(source(node, 0).getOp())
                && comesFrom(node, kind));
  }

  /** The operation gives its first input. */
  static void passThrough(NodeDef.Builder node) {
    List<String> kept = new ArrayList<>(List.of(node.getInput(0)));
    node.getInputList().stream().filter(input -> input.startsWith("^")).forEach(kept::add);
    node.setOp("Identity").clearInput().addAllInput(kept);
  }

  static List<String> names(List<NodeDef.Builder> nodes) {
    return nodes.stream().map(NodeDef.Builder::getName).toList();
  }
}
