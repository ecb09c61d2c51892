package com.example;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;

/** ND4J and TensorFlow in one process, on the same problem: the minimum of ½‖w − target‖². */
public final class Main {
  private static final double[] TARGET = {5, -3, 2};
  private static final int STEPS = 100;

  private Main() {}

  public static void main(String[] arguments) {
    double ofNd4j = withNd4j();
    double ofTensorFlow = withTensorFlow();
    System.out.println("loss " + ofNd4j + " with ND4J, " + ofTensorFlow + " with TensorFlow");
    if (!(ofNd4j < 1e-3 && ofTensorFlow < 1e-3)) {
      throw new IllegalStateException("both losses must fall below 1e-3");
    }
  }

  private static double withNd4j() {
    INDArray w = Nd4j.zeros(DataType.DOUBLE, TARGET.length);
    INDArray target = Nd4j.createFromArray(TARGET);
    var optimizer =
        dev.alig.nd4j.AliG.builder().maxLearningRate(10).momentum(0.5).parameters(w).build();
    for (int step = 0; step < STEPS; step++) {
      INDArray gradient = w.sub(target);
      optimizer.step(half(gradient), gradient);
    }
    return half(w.sub(target));
  }

  private static double half(INDArray difference) {
    return difference.mul(difference).sumNumber().doubleValue() / 2;
  }

  private static double withTensorFlow() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat64> w = tf.variable(tf.constant(new double[TARGET.length]));
      Operand<TFloat64> loss = tf.nn.l2Loss(tf.math.sub(w, tf.constant(TARGET)));
      Op train =
          dev.alig.tensorflow.AliG.builder(graph)
              .maxLearningRate(10)
              .momentum(0.5)
              .build()
              .minimize(loss);
      try (Session session = new Session(graph)) {
        session.initialize();
        for (int step = 0; step < STEPS; step++) {
          session.runner().addTarget(train).run();
        }
        try (var fetched = session.runner().fetch(loss).run()) {
          return ((TFloat64) fetched.get(0)).getDouble();
        }
      }
    }
  }
}
