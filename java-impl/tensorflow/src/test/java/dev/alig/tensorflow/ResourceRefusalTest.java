package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ResourceGather;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** What is refused of resource variables, and by which words. */
class ResourceRefusalTest {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final VarHandleOp w =
      ResourceProblem.resource(tf, "w", tf.constant(new float[][] {{1, 2}}), new ArrayList<>());

  @AfterEach
  void close() {
    graph.close();
  }

  private Operand<TFloat32> half(Operand<TFloat32> value) {
    return tf.nn.l2Loss(value);
  }

  private void assertRefused(Operand<?> loss, String... words) {
    for (String word : words) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new AliG(graph).minimize(loss))
          .withMessageContaining(word);
    }
  }

  @Test
  void aVariableThatAFunctionReads() throws TextFormat.ParseException {
    GraphDef.Builder called = GraphDef.newBuilder();
    TextFormat.merge(
        """
        node { name: 'v' op: 'VarHandleOp'
               attr { key: 'dtype' value { type: DT_FLOAT } }
               attr { key: 'shape' value { shape {} } } }
        node { name: 'call' op: 'StatefulPartitionedCall' input: 'v'
               attr { key: 'Tin' value { list { type: DT_RESOURCE } } }
               attr { key: 'Tout' value { list { type: DT_FLOAT } } }
               attr { key: 'f' value { func { name: 'reader' } } } }
        library { function {
          signature { name: 'reader' input_arg { name: 'v' type: DT_RESOURCE }
                      output_arg { name: 'y' type: DT_FLOAT } is_stateful: true }
          node_def { name: 'read' op: 'ReadVariableOp' input: 'v'
                     attr { key: 'dtype' value { type: DT_FLOAT } } }
          ret { key: 'y' value: 'read:value:0' } } }
        versions { producer: 1395 }
        """,
        called);
    graph.importGraphDef(called.build());
    Operand<TFloat32> call = graph.operation("call").<TFloat32>output(0);
    assertRefused(
        tf.math.add(call, half(tf.readVariableOp(w, TFloat32.class))),
        "operation call (StatefulPartitionedCall) takes variable v itself",
        "import the graph by TrainableModel");
  }

  @Test
  void aGradientThatOnlyPythonKnows() {
    Operand<TFloat32> value = tf.readVariableOp(w, TFloat32.class);
    tf.withName("silu").identityN(List.of(value));
    Operand<TFloat32> same = graph.operation("silu").output(0);
    assertRefused(
        half(same),
        "operation silu (IdentityN) has no gradient in TensorFlow",
        "tf.nn.silu(x) as x * tf.sigmoid(x)");
  }

  /** As the loops of TensorFlow 2 return what they computed in each turn. */
  @Test
  void aListOfTensors() {
    Operand<TFloat32> value = tf.readVariableOp(w, TFloat32.class);
    Operand<?> list = tf.tensorListFromTensor(value, tf.constant(new int[] {2}));
    Operand<TFloat32> stacked =
        tf.withName("stack").tensorListStack(list, tf.constant(new int[] {2}), TFloat32.class);
    assertRefused(
        half(stacked),
        "operation stack (TensorListStack) has no gradient in TensorFlow",
        "it ends a while loop",
        "with unroll=True");
  }

  @Test
  void aHandleBehindASwitch() {
    Operand<TFloat32> read =
        tf.readVariableOp(tf.switchCond(w, tf.constant(true)).outputTrue(), TFloat32.class);
    assertRefused(half(read), "(Switch) takes variable w itself");
  }

  @Test
  void batchesOfGatheredRows() {
    Operand<TFloat32> rows =
        tf.resourceGather(
            w, tf.constant(new int[][] {{0}}), TFloat32.class, ResourceGather.batchDims(1L));
    assertRefused(half(rows), "(ResourceGather) takes variable w itself");
  }

  @Test
  void twoHandlesOfOneVariable() {
    VarHandleOp again =
        tf.withName("again").varHandleOp(TFloat32.class, w.shape(), VarHandleOp.sharedName("w"));
    Operand<TFloat32> loss =
        half(
            tf.math.add(
                tf.readVariableOp(w, TFloat32.class), tf.readVariableOp(again, TFloat32.class)));
    assertRefused(
        loss, "both have the shared_name 'w'", "a sharedName of its own and one VarHandleOp");
  }

  @Test
  void aReadInPlaceOfItsVariable() {
    Operand<TFloat32> read = tf.withName("read").readVariableOp(w, TFloat32.class);
    Operand<TFloat32> loss = half(read);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AliG(graph).minimize(loss, List.of(read)))
        .withMessageContaining(
            "read must be a variable created by tf.variable or tf.varHandleOp, was the operation"
                + " ReadVariableOp; pass the variable itself");
  }

  @Test
  void anotherTypeThanTheLoss() {
    Operand<TFloat64> loss =
        tf.dtypes.cast(half(tf.readVariableOp(w, TFloat32.class)), TFloat64.class);
    assertRefused(loss, "variable w must have the type of loss", "was TFloat32");
  }

  @Test
  void aVariableThatTheLossDoesNotRead() {
    VarHandleOp other = ResourceProblem.resource(tf, "other", tf.constant(1f), new ArrayList<>());
    Operand<TFloat32> loss = half(tf.readVariableOp(w, TFloat32.class));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AliG(graph).minimize(loss, List.of(other)))
        .withMessageContaining("has no gradient for variable other");
  }

  @Test
  void theSameOneTwice() {
    Operand<TFloat32> loss = half(tf.readVariableOp(w, TFloat32.class));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AliG(graph).minimize(loss, List.of(w, w)))
        .withMessageContaining("variable w is listed twice");
  }
}
