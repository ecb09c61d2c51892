package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat64;

/** Graphs in which the operations of functions stand in place of calls. */
class InlinedFunctionsTest {
  /** A function that halves a variable and returns it, and one that calls the first. */
  private static final String LIBRARY =
      """
      library {
        function {
          signature { name: 'halve' input_arg { name: 'v' type: DT_RESOURCE }
                      output_arg { name: 'old' type: DT_DOUBLE }
                      output_arg { name: 'new' type: DT_DOUBLE } is_stateful: true }
          node_def { name: 'before' op: 'ReadVariableOp' input: 'v'
                     attr { key: 'dtype' value { type: DT_DOUBLE } } }
          node_def { name: 'half' op: 'Const' attr { key: 'dtype' value { type: DT_DOUBLE } }
                     attr { key: 'value' value { tensor { dtype: DT_DOUBLE tensor_shape {}
                                                          double_val: 0.5 } } } }
          node_def { name: 'product' op: 'Mul' input: 'before:value:0' input: 'half:output:0'
                     attr { key: 'T' value { type: DT_DOUBLE } } }
          node_def { name: 'write' op: 'AssignVariableOp' input: 'v' input: 'product:z:0'
                     attr { key: 'dtype' value { type: DT_DOUBLE } } }
          node_def { name: 'after' op: 'ReadVariableOp' input: 'v' input: '^write'
                     attr { key: 'dtype' value { type: DT_DOUBLE } } }
          ret { key: 'old' value: 'before:value:0' }
          ret { key: 'new' value: 'after:value:0' }
        }
        function {
          signature { name: 'quarter' input_arg { name: 'v' type: DT_RESOURCE } is_stateful: true }
          node_def { name: 'first' op: 'StatefulPartitionedCall' input: 'v' CALL_halve }
          node_def { name: 'second' op: 'StatefulPartitionedCall' input: 'v' input: '^first'
                     CALL_halve }
        }
      }
      """;

  private static final String VARIABLE =
      """
      node { name: 'v' op: 'VarHandleOp' attr { key: 'dtype' value { type: DT_DOUBLE } }
             attr { key: 'shape' value { shape {} } }
             attr { key: 'shared_name' value { s: 'v' } } }
      node { name: 'start' op: 'Const' attr { key: 'dtype' value { type: DT_DOUBLE } }
             attr { key: 'value' value { tensor { dtype: DT_DOUBLE tensor_shape {}
                                                  double_val: 8 } } } }
      node { name: 'set' op: 'AssignVariableOp' input: 'v' input: 'start'
             attr { key: 'dtype' value { type: DT_DOUBLE } } }
      """;

  private static GraphDef parsed(String text) {
    GraphDef.Builder graph = GraphDef.newBuilder();
    String types = "attr { key: 'Tin' value { list { type: DT_RESOURCE } } } ";
    try {
      TextFormat.merge(
          text.replace(
                  "CALL_halve",
                  types
                      + "attr { key: 'Tout' value { list { type: [DT_DOUBLE, DT_DOUBLE] } } }"
                      + " attr { key: 'f' value { func { name: 'halve' } } }")
              .replace(
                  "CALL_quarter",
                  types
                      + "attr { key: 'Tout' value { list {} } }"
                      + " attr { key: 'f' value { func { name: 'quarter' } } }"),
          graph);
    } catch (TextFormat.ParseException e) {
      throw new IllegalStateException(e);
    }
    return graph.build();
  }

  /** The values of tensors of a graph in one run; no call must be left in it. */
  private static List<Double> run(GraphDef definition, String... tensors) {
    assertThat(definition.getNodeList())
        .noneMatch(node -> node.getOp().endsWith("PartitionedCall"));
    try (Graph graph = new Graph()) {
      graph.importGraphDef(definition);
      try (Session session = new Session(graph)) {
        Session.Runner runner = session.runner();
        List.of(tensors).forEach(runner::fetch);
        List<Double> values = new ArrayList<>();
        try (Result result = runner.run()) {
          result.forEach(entry -> values.addAll(Values.of(entry.getValue())));
        }
        return values;
      }
    }
  }

  @Test
  void aCallWaitsForWhatItsCallerWaitsFor() {
    GraphDef graph =
        parsed(
            VARIABLE
                + "node { name: 'c' op: 'StatefulPartitionedCall' input: 'v' input: '^set' CALL_halve }"
                + LIBRARY);
    assertThat(run(TrainableModel.extract(graph, "c"), "c", "c/result_1")).containsExactly(8., 4.);
  }

  @Test
  void whatFollowsACallSeesAllThatItWrites() {
    GraphDef graph =
        parsed(
            VARIABLE
                + """
                node { name: 'c' op: 'StatefulPartitionedCall' input: 'v' input: '^set' CALL_quarter }
                node { name: 'read' op: 'ReadVariableOp' input: 'v' input: '^c'
                       attr { key: 'dtype' value { type: DT_DOUBLE } } }
                """
                + LIBRARY);
    assertThat(run(TrainableModel.extract(graph, "read"), "read")).containsExactly(2.);
  }

  @Test
  void aFunctionWritesEvenIfOnlyAnOlderResultIsFetched() {
    GraphDef graph =
        parsed(
            VARIABLE
                + """
                node { name: 'c' op: 'StatefulPartitionedCall' input: 'v' input: '^set' CALL_halve }
                node { name: 'old' op: 'Identity' input: 'c'
                       attr { key: 'T' value { type: DT_DOUBLE } } }
                node { name: 'read' op: 'ReadVariableOp' input: 'v' input: '^old'
                       attr { key: 'dtype' value { type: DT_DOUBLE } } }
                """
                + LIBRARY);
    assertThat(run(TrainableModel.extract(graph, "read"), "read")).containsExactly(4.);
  }

  /** Outputs that are lists shift the outputs behind them. */
  @Test
  void outputsOfFunctionsKeepTheirOrder() {
    try (ConcreteFunction inner = ConcreteFunction.create(InlinedFunctionsTest::pieces);
        Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> x = tf.constant(new double[] {1, 2, 3, 4, 5, 6});
      Map<String, Operand<?>> got = tf.call(inner, Map.of("x", x, "factor", tf.constant(10.)));
      List<String> names = new ArrayList<>();
      for (String name : List.of("second", "third", "variance", "scaled", "sparse")) {
        names.add("out_" + name);
        tf.withName("out_" + name).identity(got.get(name));
      }
      GraphDef original = graph.toGraphDef();
      assertThat(original.getNodeList()).anyMatch(Inliner::isCall);
      String[] all = names.toArray(String[]::new);
      assertThat(run(TrainableModel.extract(original, all), all))
          .containsExactly(3., 4., 5., 6., 1.25, 20., 10., 4.);
    }
  }

  private static Signature pieces(Ops tf) {
    Placeholder<TFloat64> x = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(6)));
    Placeholder<TFloat64> factor = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of()));
    List<? extends Operand<TFloat64>> parts =
        tf.split(tf.constant(0), x, 3L).output().stream().toList();
    Operand<TFloat64> variance =
        tf.math.mean(tf.math.square(tf.math.sub(parts.get(2), tf.constant(4.5))), tf.constant(0));
    // Three outputs of two tensors each: indices, values and shapes.
    Operand<TFloat64> sparse =
        tf.sparse
            .sparseSplit(
                tf.constant(0L),
                tf.constant(new long[][] {{0}, {3}}),
                parts.get(1),
                tf.constant(new long[] {4}),
                2L)
            .outputValues()
            .get(1);
    return Signature.builder("pieces")
        .input("x", x)
        .input("factor", factor)
        .output("second", parts.get(1))
        .output("third", parts.get(2))
        .output("variance", variance)
        .output("sparse", sparse)
        .output("scaled", tf.math.mul(tf.reverse(parts.get(0), tf.constant(new int[] {0})), factor))
        .build();
  }

  @Test
  void namesThatTheGraphHasAlreadyAreKept() {
    GraphDef graph =
        parsed(
            VARIABLE
                + """
                node { name: 'c/before' op: 'Const' attr { key: 'dtype' value { type: DT_DOUBLE } }
                       attr { key: 'value' value { tensor { dtype: DT_DOUBLE tensor_shape {}
                                                            double_val: 7 } } } }
                node { name: 'c' op: 'StatefulPartitionedCall' input: 'v' input: '^set' CALL_halve }
                """
                + LIBRARY);
    assertThat(run(TrainableModel.extract(graph, "c", "c/before"), "c", "c/before"))
        .containsExactly(8., 7.);
  }

  @Test
  void whatIsNotNeededIsLeftOut() {
    GraphDef graph = parsed(VARIABLE + LIBRARY);
    assertThat(TrainableModel.extract(graph, "start").getNodeList()).hasSize(1);
  }

  private static void assertRefused(GraphDef graph, String operation, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainableModel.extract(graph, operation))
        .withMessageContaining(message);
  }

  @Test
  void whatCannotBeInlinedIsNamed() {
    GraphDef graph =
        parsed(
            VARIABLE
                + "node { name: 'c' op: 'StatefulPartitionedCall' input: 'v' CALL_halve }"
                + LIBRARY);
    assertRefused(graph, "loss", "the graph has no operation 'loss'");
    assertRefused(
        graph.toBuilder().clearLibrary().build(),
        "c",
        "operation c (StatefulPartitionedCall) calls the function halve, which the graph's library lacks");
    GraphDef.Builder strange = graph.toBuilder();
    strange.getLibraryBuilder().getFunctionBuilder(0).getNodeDefBuilder(2).setOp("NewMul");
    assertRefused(strange.build(), "c", "operation product (NewMul) is unknown to TensorFlow");
    GraphDef.Builder renamed = graph.toBuilder();
    renamed.getLibraryBuilder().getFunctionBuilder(0).putRet("old", "before:values:0");
    assertRefused(
        renamed.build(), "c", "operation before (ReadVariableOp) has no output named values");
    GraphDef.Builder more = graph.toBuilder();
    more.getNodeBuilder(3).addInput("v");
    assertRefused(more.build(), "c", "the function halve, which has 1 arguments, with 2");
  }
}
