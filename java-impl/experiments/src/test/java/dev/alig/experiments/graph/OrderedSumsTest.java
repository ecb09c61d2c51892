package dev.alig.experiments.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class OrderedSumsTest {
  private static final int ORDERS = 20;

  /** Terms whose sum depends on the order, since 1e8 + 1 is 1e8 in floats. */
  private static Graph sum(Random random) {
    Graph graph = new Graph();
    Ops tf = Ops.create(graph);
    List<Operand<TFloat32>> terms = new ArrayList<>();
    for (float value : new float[] {1e8f, 1, -1e8f, 3, 5e7f, -5e7f}) {
      terms.add(tf.math.tan(tf.math.atan(tf.constant(value))));
    }
    Collections.shuffle(terms, random);
    tf.withName("sum").math.addN(terms);
    return graph;
  }

  private static float run(Graph graph) {
    try (graph;
        Session session = GraphSession.of(graph, 1);
        Result result = session.runner().fetch("sum").run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  @Test
  void aSumHasOneValueInWhateverOrderItWasBuilt() {
    Set<Float> built = new HashSet<>();
    Set<Float> ordered = new HashSet<>();
    Random random = new Random(1);
    for (int i = 0; i < ORDERS; i++) {
      Graph graph = sum(random);
      ordered.add(run(OrderedSums.copy(graph)));
      built.add(run(graph));
    }
    assertThat(built).hasSizeGreaterThan(1);
    assertThat(ordered).hasSize(1);
  }
}
