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
 * <p>TensorFlow's gradients add the terms from several operations in the order of their addresses
 * in memory, so two processes build different sums of the same terms. This class sorts the terms of
 * each sum by what they are computed from.
 */
public final class OrderedSums {
  private static final String SUM = "AddN";

  /** The name of the operation by which TensorFlow-Java lists the initializers. */
  private static final String INITIALIZERS = "Init";

  /** A digest of what each operation is computed from, by the operation's name. */
  private final Map<String, String> origins = new HashMap<>();

  private OrderedSums() {}

  /**
   * A copy of a graph with its sums in order; names stay. The copy does not initialize its
   * variables, so set them: TensorFlow-Java would run all initializers at once, and some read other
   * variables.
   */
  public static Graph copy(Graph graph) {
    OrderedSums sums = new OrderedSums();
    GraphDef.Builder ordered = GraphDef.newBuilder();
    GraphDef given = graph.toGraphDef();
    // A graph lists an operation after its inputs, because it has no loops.
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

  /**
   * The digest of an input, which is an operation's name with the output's number unless that is 0.
   */
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
    // Names distinguish variables and placeholders; values distinguish constants.
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
