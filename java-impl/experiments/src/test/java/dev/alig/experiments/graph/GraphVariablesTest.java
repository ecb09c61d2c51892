package dev.alig.experiments.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alig.experiments.Snapshot;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

class GraphVariablesTest {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Variable<TFloat32> w =
      tf.withName("w").variable(tf.constant(new float[] {1, -0f, Float.NaN}));
  private final Op change = tf.assignAdd(w, tf.constant(new float[] {1, 1, 1}));
  private final GraphVariables variables;
  private final Session session;

  GraphVariablesTest() {
    tf.withName("v").variable(tf.constant(3f));
    variables = new GraphVariables(graph);
    session = GraphSession.of(graph, 1);
  }

  @AfterEach
  void close() {
    session.close();
    graph.close();
  }

  @Test
  void whatWasSavedComesBackBitForBit() {
    Snapshot before = variables.save(session);
    assertThat(before.arrays()).containsOnlyKeys("v", "w");
    session.run(change);
    assertThat(variables.save(session).arrays().get("w")).isNotEqualTo(before.arrays().get("w"));
    variables.restore(session, before);
    assertThat(variables.save(session).arrays().get("w")).isEqualTo(before.arrays().get("w"));
  }

  @Test
  void aStateOfOtherVariablesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> variables.restore(session, new Snapshot(Map.of("w", new byte[12]))))
        .withMessage("the model's variables are [v, w], the saved ones [w]");
    Snapshot narrow = new Snapshot(Map.of("w", new byte[12], "v", new byte[8]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> variables.restore(session, narrow))
        .withMessage("variable v has 4 bytes, was given 8");
  }
}
