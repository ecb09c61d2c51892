package dev.alig.benchmark;

import dev.alig.benchmark.TrainingRace.TrainingOptimizer;
import dev.alig.experiments.networks.ImageModel.ImageSize;
import dev.alig.experiments.networks.OptimizerSettings;
import dev.alig.experiments.networks.TensorFlowModel;
import dev.alig.experiments.networks.WideResNet;
import dev.alig.tensorflow.AliG;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.framework.optimizers.Adam;
import org.tensorflow.framework.optimizers.Momentum;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** Graphs of TensorFlow-Java, trained on one batch of random data. */
final class TensorFlowTraining {
  private static final ImageSize IMAGE = new ImageSize(3, 32, 32);
  private static final int IMAGES = 8;
  private static final int BATCH = TrainingData.BATCH;
  private static final int HIDDEN = TrainingData.HIDDEN;
  private static final int CLASSES = TrainingData.CLASSES;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Placeholder<TFloat32> features;
  private final Placeholder<TFloat32> labels;

  private TensorFlowTraining(int inputs) {
    features = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(BATCH, inputs)));
    labels = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(BATCH, CLASSES)));
  }

  static Training perceptron(TrainingOptimizer optimizer) {
    TensorFlowTraining made = new TensorFlowTraining(TrainingData.INPUTS);
    Operand<TFloat32> x = made.tf.nn.relu(made.layer(made.features, TrainingData.INPUTS, HIDDEN));
    x = made.tf.nn.relu(made.layer(x, HIDDEN, HIDDEN));
    return made.trained(optimizer, made.layer(x, HIDDEN, CLASSES), TrainingData.INPUTS);
  }

  /** An LSTM that is unrolled over its time steps; the class is that of the last one. */
  static Training lstm(TrainingOptimizer optimizer) {
    TensorFlowTraining made = new TensorFlowTraining(HIDDEN * TrainingData.STEPS);
    Ops tf = made.tf;
    Variable<TFloat32> weights = made.weights(2 * HIDDEN, 4 * HIDDEN);
    Operand<TFloat32> cell = tf.zeros(tf.constant(new int[] {BATCH, HIDDEN}), TFloat32.class);
    Operand<TFloat32> output = cell;
    for (int step = 0; step < TrainingData.STEPS; step++) {
      Operand<TFloat32> input = made.columns(made.features, step);
      Operand<TFloat32> both = tf.concat(List.of(input, output), tf.constant(1));
      Operand<TFloat32> gates = tf.linalg.matMul(both, weights);
      Operand<TFloat32> kept = tf.math.mul(tf.math.sigmoid(made.columns(gates, 0)), cell);
      Operand<TFloat32> added =
          tf.math.mul(
              tf.math.sigmoid(made.columns(gates, 1)), tf.math.tanh(made.columns(gates, 2)));
      cell = tf.math.add(kept, added);
      output = tf.math.mul(tf.math.sigmoid(made.columns(gates, 3)), tf.math.tanh(cell));
    }
    return made.trained(
        optimizer, made.layer(output, HIDDEN, CLASSES), HIDDEN * TrainingData.STEPS);
  }

  private Operand<TFloat32> columns(Operand<TFloat32> x, int part) {
    return tf.slice(
        x, tf.constant(new int[] {0, part * HIDDEN}), tf.constant(new int[] {BATCH, HIDDEN}));
  }

  private Operand<TFloat32> layer(Operand<TFloat32> x, int inputs, int outputs) {
    Ops init = tf.withInitScope();
    Variable<TFloat32> bias =
        variable(init.zeros(init.constant(new int[] {outputs}), TFloat32.class));
    return tf.math.add(tf.linalg.matMul(x, weights(inputs, outputs)), bias);
  }

  private Variable<TFloat32> weights(int inputs, int outputs) {
    Ops init = tf.withInitScope();
    Operand<TFloat32> scale = init.constant((float) (1 / Math.sqrt(inputs)));
    return variable(
        init.math.mul(
            init.random.randomStandardNormal(
                init.constant(new int[] {inputs, outputs}), TFloat32.class),
            scale));
  }

  private Variable<TFloat32> variable(Operand<TFloat32> start) {
    Ops init = tf.withInitScope();
    Variable<TFloat32> variable = init.variable(start.shape(), TFloat32.class);
    init.assign(variable, start);
    return variable;
  }

  private Training trained(TrainingOptimizer optimizer, Operand<TFloat32> scores, int inputs) {
    Operand<TFloat32> each = tf.nn.softmaxCrossEntropyWithLogits(scores, labels).loss();
    Operand<TFloat32> loss = tf.math.mean(each, tf.constant(0));
    Op train =
        switch (optimizer) {
          case ALI_G -> new AliG(graph, TrainingData.RATE, TrainingData.MOMENTUM).minimize(loss);
          case NESTEROV ->
              new Momentum(graph, (float) TrainingData.RATE, (float) TrainingData.MOMENTUM, true)
                  .minimize(loss);
          case ADAM -> new Adam(graph, (float) TrainingData.ADAM_RATE).minimize(loss);
        };
    ConfigProto.Builder config = ConfigProto.newBuilder();
    config.setIntraOpParallelismThreads(Worker.threads());
    config.setInterOpParallelismThreads(Worker.threads());
    Session session = new Session(graph, config.build());
    session.initialize();
    TFloat32 x =
        TFloat32.tensorOf(
            Shape.of(BATCH, inputs), DataBuffers.of(TrainingData.numbers(BATCH * inputs)));
    TFloat32 y =
        TFloat32.tensorOf(
            Shape.of(BATCH, CLASSES), DataBuffers.of(TrainingData.oneHot(BATCH, CLASSES)));
    return new Training(
        () -> session.runner().feed(features, x).feed(labels, y).addTarget(train).run().close(),
        () -> {
          Session.Runner runner = session.runner().feed(features, x).feed(labels, y);
          try (Result result = runner.fetch(loss).run()) {
            return ((TFloat32) result.get(0)).getFloat();
          }
        },
        () -> {
          x.close();
          y.close();
          session.close();
          graph.close();
        });
  }

  /** The model of the experiments, whose step also fetches loss, scores and norms. */
  static Training wideResNet(TrainingOptimizer optimizer) {
    OptimizerSettings settings =
        switch (optimizer) {
          case ALI_G ->
              new OptimizerSettings.AliG(
                  TrainingData.RATE, TrainingData.MOMENTUM, Double.POSITIVE_INFINITY);
          case NESTEROV -> new OptimizerSettings.Sgd(TrainingData.RATE, TrainingData.MOMENTUM);
          case ADAM -> new OptimizerSettings.Adam(TrainingData.ADAM_RATE);
        };
    TensorFlowModel<TFloat32> model =
        new TensorFlowModel<>(
            new WideResNet(10, 1, 0, CLASSES),
            IMAGE,
            settings,
            TFloat32.class,
            1,
            Worker.threads());
    float[] images = TrainingData.numbers(IMAGES * IMAGE.size());
    int[] classes = TrainingData.classes(IMAGES, CLASSES);
    return new Training(
        () -> model.step(images, classes, 1, 0),
        () -> model.gradient(images, classes, 1).loss(),
        model::close);
  }
}
