package com.example;

import dev.alig.tensorflow.AliG;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;

/** ALI-G in a graph of TensorFlow: finds the minimum of ½‖w − target‖², which is 0. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat64> w = tf.variable(tf.constant(new double[] {0, 0, 0}));
      Operand<TFloat64> target = tf.constant(new double[] {5, -3, 2});
      Operand<TFloat64> loss = tf.nn.l2Loss(tf.math.sub(w, target));
      Op train = AliG.builder(graph).maxLearningRate(10).momentum(0.5).build().minimize(loss);
      try (Session session = new Session(graph)) {
        session.initialize();
        for (int step = 0; step < 100; step++) {
          session.runner().addTarget(train).run();
        }
        require(session, loss);
      }
    }
  }

  private static void require(Session session, Operand<TFloat64> loss) {
    try (var fetched = session.runner().fetch(loss).run()) {
      double value = ((TFloat64) fetched.get(0)).getDouble();
      System.out.println("loss " + value);
      if (!(value < 1e-3)) {
        throw new IllegalStateException("the loss must fall below 1e-3, was " + value);
      }
    }
  }
}
