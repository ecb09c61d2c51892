package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** What an optimizer adds to a graph, by the number of variables. */
class ManyVariablesTest {
  private final List<Graph> graphs = new ArrayList<>();

  @AfterEach
  void close() {
    graphs.forEach(Graph::close);
  }

  /** A graph with half the sum of squares of some ones, and its optimizer. */
  private final class Ones {
    private final Graph graph = new Graph();
    private final List<Variable<TFloat32>> variables = new ArrayList<>();
    private final AliG optimizer;
    private final Operand<TFloat32> loss;

    private Ones(int number) {
      graphs.add(graph);
      Ops tf = Ops.create(graph);
      List<Operand<TFloat32>> parts = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        variables.add(tf.withName("w" + i).variable(tf.constant(1f)));
        parts.add(tf.nn.l2Loss(variables.get(i)));
      }
      loss = tf.math.addN(parts);
      optimizer = AliG.builder(graph).maxLearningRate(0.25).momentum(0.5).l2Ball(1e9).build();
    }

    private int size() {
      int size = 0;
      for (var all = graph.operations(); all.hasNext(); all.next()) {
        size++;
      }
      return size;
    }
  }

  private int added(int number) {
    Ones ones = new Ones(number);
    int before = ones.size();
    ones.optimizer.minimize(ones.loss);
    return ones.size() - before;
  }

  @Test
  void theGraphGrowsLinearlyInTheirNumber() {
    assertThat(added(400) - added(200)).isEqualTo(2 * (added(200) - added(100)));
  }

  @Test
  void aThousandTakeAStep() {
    Ones ones = new Ones(1000);
    Op train = ones.optimizer.minimize(ones.loss);
    try (Session session = new Session(ones.graph)) {
      session.run(ones.optimizer.projection());
      session.run(train);
      // 1 - 0.25 · 1.5
      assertThat(Values.ofAll(session, ones.variables))
          .isEqualTo(Collections.nCopies(1000, List.of(0.625)));
    }
  }
}
