package dev.alig.tensorflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * Replaces the calls of functions in a graph by the operations of the functions, because
 * TensorFlow-Java's gradients do not reach the variables that a function reads.
 *
 * <p>The operations of a call {@code c} get names that start with {@code c/}. Result 0 of the call
 * is the output of an operation {@code c}, and result i of {@code c/result_i}. As in TensorFlow's
 * runtime, what a function reads or writes waits for all inputs of its call, and its results wait
 * for all that it reads and writes. Branches and loops are calls of another kind; they stay.
 */
final class Inliner {
  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");

  /** Attributes that hold for the function's own graph: places of operations, and known shapes. */
  private static final List<String> OBSOLETE = List.of("_class", "_output_shapes");

  private final GraphDef.Builder flat;
  private final Map<String, FunctionDef> functions;
  private final OperationTypes types;
  private final Set<String> names = new HashSet<>();
  private final Scope top;

  Inliner(GraphDef original) {
    this.flat = original.toBuilder().clearNode();
    this.functions =
        original.getLibrary().getFunctionList().stream()
            .collect(Collectors.toMap(f -> f.getSignature().getName(), Function.identity()));
    this.types = new OperationTypes(functions.values());
    original.getNodeList().forEach(node -> names.add(node.getName()));
    this.top = new Scope("", original.getNodeList(), Map.of());
    original.getNodeList().forEach(node -> add(top, node, Optional.empty()));
  }

  /** The graph without calls. */
  GraphDef graph() {
    return flat.build();
  }

  /** Where the graph without calls computes a tensor of the original, such as {@code call:1}. */
  String tensor(String name) {
    return top.tensor(name);
  }

  /** The part of a graph that computes some operations. */
  static GraphDef needed(GraphDef graph, Collection<String> operations) {
    Map<String, NodeDef> nodes =
        graph.getNodeList().stream().collect(Collectors.toMap(NodeDef::getName, node -> node));
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(operations);
    while (!open.isEmpty()) {
      String name = open.remove();
      NodeDef node = nodes.get(name);
      if (node == null) {
        throw noOperation(name);
      }
      if (needed.add(name)) {
        node.getInputList().forEach(input -> open.add(operationOf(input)));
      }
    }
    List<NodeDef> kept =
        graph.getNodeList().stream().filter(node -> needed.contains(node.getName())).toList();
    return graph.toBuilder().clearNode().addAllNode(kept).build();
  }

  private static IllegalArgumentException noOperation(String name) {
    return new IllegalArgumentException(
        "the graph has no operation '" + name + "'; give the name that it has in Python");
  }

  /** The original operation that computes a tensor. */
  NodeDef operation(String tensor) {
    return top.node(operationOf(tensor));
  }

  static boolean isCall(NodeDef node) {
    return CALLS.contains(node.getOp());
  }

  static String functionOf(NodeDef call) {
    return call.getAttrOrThrow("f").getFunc().getName();
  }

  /** The name of the operation that gives a tensor or is waited for, as an input names it. */
  static String operationOf(String input) {
    int colon = input.indexOf(':');
    return input.substring(isControl(input) ? 1 : 0, colon < 0 ? input.length() : colon);
  }

  /** The inputs that are tensors. The others only wait for operations. */
  static List<String> data(List<String> inputs) {
    return inputs.stream().filter(input -> !isControl(input)).toList();
  }

  private static boolean isControl(String input) {
    return input.startsWith("^");
  }

  private static String control(String tensor) {
    return "^" + operationOf(tensor);
  }

  private String unused(String name) {
    String next = name;
    while (!names.add(next)) {
      next += "_";
    }
    return next;
  }

  /** The operations of a graph or of a function, and their names in the graph without calls. */
  private final class Scope {
    private final Map<String, NodeDef> nodes = new HashMap<>();
    private final Map<String, String> arguments;

    /** The tensors that each call gives. Other operations give their outputs in order. */
    private final Map<String, List<String>> results = new HashMap<>();

    private final Map<String, String> flatNames = new HashMap<>();

    Scope(String prefix, List<NodeDef> list, Map<String, String> arguments) {
      this.arguments = arguments;
      for (NodeDef node : list) {
        String name = prefix.isEmpty() ? node.getName() : unused(prefix + node.getName());
        nodes.put(node.getName(), node);
        flatNames.put(node.getName(), name);
        if (isCall(node)) {
          List<String> tensors = new ArrayList<>();
          for (int i = 0; i < node.getAttrOrThrow("Tout").getList().getTypeCount(); i++) {
            tensors.add(i == 0 ? name : unused(name + "/result_" + i));
          }
          results.put(node.getName(), tensors);
        }
      }
    }

    NodeDef node(String name) {
      NodeDef node = nodes.get(name);
      if (node == null) {
        throw noOperation(name);
      }
      return node;
    }

    String name(NodeDef node) {
      return flatNames.getOrDefault(node.getName(), "");
    }

    /** What an input of one of these operations is called without calls. */
    String input(String given) {
      if (!isControl(given)) {
        return tensor(given);
      }
      String argument = arguments.get(operationOf(given));
      return argument != null ? control(argument) : "^" + name(node(operationOf(given)));
    }

    /**
     * What a tensor is called without calls. In a graph it is {@code operation:index}; in a
     * function it is an argument, or {@code operation:output:index} with the name of an output that
     * may consist of several tensors.
     */
    String tensor(String given) {
      String argument = arguments.get(given);
      if (argument != null) {
        return argument;
      }
      String[] parts = given.split(":", -1);
      NodeDef node = node(parts[0]);
      int index = parts.length == 1 ? 0 : Integer.parseInt(parts[parts.length - 1]);
      if (parts.length == 3) {
        index += types.firstTensor(node, parts[1]);
      }
      List<String> ofCall = results.get(parts[0]);
      return ofCall != null ? ofCall.get(index) : name(node) + (index == 0 ? "" : ":" + index);
    }
  }

  /**
   * Adds an operation, or those of the function that it calls.
   *
   * @param start the operation that waits for the inputs of the surrounding call
   */
  private void add(Scope scope, NodeDef node, Optional<String> start) {
    NodeDef.Builder added = node.toBuilder().setName(scope.name(node)).clearInput();
    node.getInputList().forEach(input -> added.addInput(scope.input(input)));
    start
        .filter(name -> types.isStateful(node) || isCall(node))
        .ifPresent(name -> added.addInput(control(name)));
    start.ifPresent(name -> OBSOLETE.forEach(added::removeAttr));
    if (isCall(node)) {
      addCall(added.build(), scope.results.getOrDefault(node.getName(), List.of()));
    } else {
      flat.addNode(added);
    }
  }

  private void addCall(NodeDef call, List<String> results) {
    FunctionDef function = function(call);
    List<String> inputs = data(call.getInputList());
    requireCount(call, "arguments", function.getSignature().getInputArgCount(), inputs.size());
    requireCount(call, "results", function.getSignature().getOutputArgCount(), results.size());
    NodeDef.Builder start = NodeDef.newBuilder().setOp("NoOp").setDevice(call.getDevice());
    call.getInputList().stream().map(Inliner::waited).distinct().forEach(start::addInput);
    flat.addNode(start.setName(unused(call.getName() + "/start")));

    Map<String, String> arguments = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      arguments.put(function.getSignature().getInputArg(i).getName(), inputs.get(i));
    }
    Scope body = new Scope(call.getName() + "/", function.getNodeDefList(), arguments);
    function.getNodeDefList().forEach(node -> add(body, node, Optional.of(start.getName())));
    addResults(call, function, body, results);
  }

  /** Adds the results of a call, which wait for all that the function reads and writes. */
  private void addResults(NodeDef call, FunctionDef function, Scope body, List<String> results) {
    Set<String> effects = new LinkedHashSet<>();
    function.getControlRetMap().values().forEach(name -> effects.add(body.input("^" + name)));
    for (NodeDef node : function.getNodeDefList()) {
      if (types.isStateful(node)) {
        effects.add(body.input("^" + node.getName()));
      }
    }
    if (results.isEmpty()) {
      flat.addNode(NodeDef.newBuilder().setName(call.getName()).setOp("NoOp").addAllInput(effects));
    }
    for (int i = 0; i < results.size(); i++) {
      OpDef.ArgDef result = function.getSignature().getOutputArg(i);
      String source = body.tensor(function.getRetOrThrow(result.getName()));
      flat.addNode(
          NodeDef.newBuilder()
              .setName(results.get(i))
              .setOp("Identity")
              .putAttr("T", AttrValue.newBuilder().setType(result.getType()).build())
              .addInput(source)
              .addAllInput(effects));
    }
  }

  private static String waited(String input) {
    return isControl(input) ? input : control(input);
  }

  private FunctionDef function(NodeDef call) {
    FunctionDef function = functions.get(functionOf(call));
    if (function == null) {
      throw new IllegalArgumentException(
          "operation %s (%s) calls the function %s, which the graph's library lacks; write the library with the graph, as graph.as_graph_def() does"
              .formatted(call.getName(), call.getOp(), functionOf(call)));
    }
    return function;
  }

  private static void requireCount(NodeDef call, String what, int expected, int given) {
    if (expected != given) {
      throw new IllegalArgumentException(
          "operation %s calls the function %s, which has %d %s, with %d; write the model again in Python"
              .formatted(call.getName(), functionOf(call), expected, what, given));
    }
  }
}
