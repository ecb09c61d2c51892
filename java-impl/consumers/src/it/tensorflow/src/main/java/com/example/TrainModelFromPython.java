package com.example;

import dev.alig.tensorflow.AliG;
import dev.alig.tensorflow.TrainableModel;
import java.io.IOException;
import java.nio.file.Path;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Trains a model that Keras has exported to the folder {@code model}, on "exclusive or". */
public final class TrainModelFromPython {
  private static final float[][] POINTS = {{-1, -1}, {-1, 1}, {1, -1}, {1, 1}};
  private static final float[][] LABELS = {{1, 0}, {0, 1}, {0, 1}, {1, 0}};

  private TrainModelFromPython() {}

  public static void main(String[] arguments) throws IOException {
    try (TrainableModel model = TrainableModel.load(Path.of("model"));
        TFloat32 points = TFloat32.tensorOf(StdArrays.ndCopyOf(POINTS));
        TFloat32 labels = TFloat32.tensorOf(StdArrays.ndCopyOf(LABELS))) {
      Operand<TFloat32> x = model.input("serving_default", "x");
      Operand<TFloat32> logits = model.output("serving_default", "output_0");
      Ops tf = Ops.create(model.graph());
      Placeholder<TFloat32> y = tf.placeholder(TFloat32.class);
      Operand<TFloat32> losses = tf.nn.softmaxCrossEntropyWithLogits(logits, y).loss();
      Operand<TFloat32> loss = tf.math.mean(losses, tf.constant(0));

      AliG optimizer = AliG.builder(model.graph()).maxLearningRate(1).momentum(0.9).build();
      Op train = optimizer.minimize(loss, model.trainableVariables("serving_default"));
      try (Session session = model.restoredSession()) {
        for (int step = 0; step < 100; step++) {
          session.runner().feed(x, points).feed(y, labels).addTarget(train).run().close();
        }
        session.save("checkpoint");
        model.export(session, Path.of("trained"));
        Session.Runner runner = session.runner().feed(x, points).feed(y, labels);
        try (Result result = runner.fetch(loss).run()) {
          System.out.println("loss " + ((TFloat32) result.get(0)).getFloat());
        }
      }
    }
  }
}
