package com.example;

import dev.alig.tensorflow.AliG;
import java.nio.file.Path;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.TruncatedNormal;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * A network that separates four clusters at the corners of a square, of which opposite ones share a
 * class; it is saved and restored.
 */
public final class LearnClusters {
  private static final int POINTS = 200;

  private LearnClusters() {}

  public static void main(String[] arguments) {
    System.out.println("loss of step 101: " + train(Path.of("target", "network")));
  }

  static double train(Path checkpoint) {
    try (Graph graph = new Graph();
        TFloat32 points = TFloat32.tensorOf(Shape.of(POINTS, 2));
        TFloat32 labels = TFloat32.tensorOf(Shape.of(POINTS, 2))) {
      draw(points, labels);
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      Placeholder<TFloat32> y = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      Operand<TFloat32> loss = loss(tf, x, y);

      AliG optimizer = AliG.builder(graph).maxLearningRate(1).momentum(0.9).build();
      Op train = optimizer.minimize(loss);
      try (Session session = new Session(graph)) {
        for (int step = 0; step < 100; step++) {
          session.runner().feed(x, points).feed(y, labels).addTarget(train).run().close();
        }
        session.save(checkpoint.toString());
      }

      try (Session session = new Session(graph)) {
        session.restore(checkpoint.toString());
        Session.Runner runner = session.runner().feed(x, points).feed(y, labels);
        runner.addTarget(train).fetch(loss).fetch(optimizer.stepSize());
        try (Result result = runner.run()) {
          System.out.println("step size " + ((TFloat64) result.get(1)).getDouble());
          return ((TFloat32) result.get(0)).getFloat();
        }
      }
    }
  }

  private static void draw(TFloat32 points, TFloat32 labels) {
    Random random = new Random(1);
    for (int i = 0; i < POINTS; i++) {
      int right = random.nextInt(2);
      int top = random.nextInt(2);
      points.setFloat((float) (2 * right - 1 + 0.2 * random.nextGaussian()), i, 0);
      points.setFloat((float) (2 * top - 1 + 0.2 * random.nextGaussian()), i, 1);
      labels.setFloat(right ^ top, i, 1);
      labels.setFloat(1 - (right ^ top), i, 0);
    }
  }

  private static Operand<TFloat32> loss(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y) {
    Operand<TFloat32> hidden = tf.math.tanh(layer(tf, x, 2, 16));
    Operand<TFloat32> logits = layer(tf, hidden, 16, 2);
    return tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, y).loss(), tf.constant(0));
  }

  private static Operand<TFloat32> layer(Ops tf, Operand<TFloat32> x, int in, int out) {
    Operand<TFloat32> start =
        tf.random.truncatedNormal(
            tf.constant(new int[] {in, out}), TFloat32.class, TruncatedNormal.seed(1L));
    Variable<TFloat32> weights = tf.variable(start);
    Variable<TFloat32> bias = tf.variable(tf.constant(new float[out]));
    return tf.math.add(tf.linalg.matMul(x, weights), bias);
  }
}
