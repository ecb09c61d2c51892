package dev.alig.experiments.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Makes a graph that computes the same bits in every process.
 *
 * <p>TensorFlow's gradients add what comes from several operations in the order of addresses in
 * memory, so that two processes build different sums of the same terms. Here the terms of each sum
 * are put in an order that follows from what they are computed from.
 */
public final class OrderedSums {
  private static final String SUM = "AddN";

  /** What TensorFlow-Java lists the initializers by. */
  private static final String INITIALIZERS = "Init";

  /** What each output is computed from, as a digest, by the output's name. */
  private final Map<String, String> origins = new HashMap<>();

  private OrderedSums() {}

  /**
   * A copy of a graph with its sums in order; names stay. Its variables have no values until they
   * are set: TensorFlow-Java would run all initializers at once, and some read other variables.
   */
  public static Graph copy(Graph graph) {
    OrderedSums sums = new OrderedSums();
    GraphDef.Builder ordered = GraphDef.newBuilder();
    GraphDef given = graph.toGraphDef();
    // A graph lists an operation after its inputs, since there are no loops.
    given.getNodeList().stream()
        .filter(node -> !node.getName().equals(INITIALIZERS))
        .forEach(node -> ordered.addNode(sums.ordered(node)));
    ordered.setVersions(given.getVersions());
    Graph copy = new Graph();
    copy.importGraphDef(ordered.build());
    return copy;
  }

  private NodeDef ordered(NodeDef node) {
    List<String> data = node.getInputList().stream().filter(i -> !i.startsWith("^")).toList();
    NodeDef result = node;
    if (node.getOp().equals(SUM)) {
      List<String> all = new ArrayList<>(data);
      all.sort(Comparator.comparing(this::origin));
      node.getInputList().stream().filter(i -> i.startsWith("^")).forEach(all::add);
      result = node.toBuilder().clearInput().addAllInput(all).build();
    }
    origins.put(node.getName(), digest(result, data.isEmpty()));
    return result;
  }

  /** An input is the name of an operation, with the number of the output unless that is 0. */
  private String origin(String input) {
    int colon = input.indexOf(':');
    String name = colon < 0 ? input : input.substring(0, colon);
    String origin = origins.get(name);
    if (origin == null) {
      throw new IllegalStateException("operation " + name + " is used before it is listed");
    }
    return origin + (colon < 0 ? "" : input.substring(colon));
  }

  private String digest(NodeDef node, boolean isSource) {
    MessageDigest digest = sha();
    add(digest, node.getOp());
    // Variables and placeholders are told apart by name; constants by value.
    if (isSource && !node.getOp().equals("Const")) {
      add(digest, node.getName());
    }
    new TreeMap<>(node.getAttrMap())
        .forEach(
            (name, value) -> {
              add(digest, name);
              digest.update(value.toByteArray());
            });
    for (String input : node.getInputList()) {
      if (!input.startsWith("^")) {
        add(digest, origin(input));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
