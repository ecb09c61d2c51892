package dev.alig.experiments.networks;

import dev.alig.StepReport;
import dev.alig.experiments.Snapshot;
import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.AliGUpdater;
import dev.alig.nd4j.dl4j.SlopeReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** A network as a Deeplearning4j graph. */
public final class Dl4jModel implements ImageModel {
  private static final int VERIFIED = 2;
  private static final int VERIFIED_SIDE = 64;

  private final ImageSize size;
  private final int classes;
  private final DataType type;
  private final String scores;
  private final ComputationGraph graph;
  private final List<Parameter> parameters;
  private final double rate;
  private final Observer observer;
  private @Nullable AliGTraining aliG;

  /** Creates a network that minimizes its cross-entropy. */
  public Dl4jModel(
      Network network,
      ImageSize size,
      OptimizerSettings settings,
      DataType type,
      long seed,
      int threads) {
    this(network, size, Loss.CROSS_ENTROPY, settings, type, seed, threads);
  }

  /**
   * Creates a network with its initial parameters.
   *
   * @param type FLOAT or DOUBLE
   * @param seed the seed of the initial parameters
   * @param threads the number of threads that ND4J may use, in the whole process
   */
  public Dl4jModel(
      Network network,
      ImageSize size,
      Loss loss,
      OptimizerSettings settings,
      DataType type,
      long seed,
      int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    this.size = size;
    this.classes = network.classes();
    this.type = type;
    this.parameters = Parameters.withStatistics(network, size.channels());
    this.graph = Dl4jGraphs.of(network, size, loss, updater(settings), type);
    this.scores = Dl4jGraphs.scores(graph);
    this.observer = new Observer(scores);
    graph.addListeners(observer);
    assign(Parameters.initial(network, size.channels(), seed));
    if (settings instanceof OptimizerSettings.AliG) {
      if (loss instanceof Loss.Truncated) {
        verifySlope(network, size.channels(), loss, updater(settings), type);
      }
      aliG = AliGTraining.attach(graph);
    }
    this.rate =
        settings instanceof OptimizerSettings.Sgd sgd
            ? sgd.rate()
            : settings instanceof OptimizerSettings.Adam adam ? adam.rate() : Double.NaN;
  }

  /**
   * Measures the gradient of a network with a loss that is not Deeplearning4j's, as ALI-G requires.
   * Small images are enough, because the configuration does not have their size.
   */
  private static void verifySlope(
      Network network, int channels, Loss loss, IUpdater updater, DataType type) {
    ImageSize small = new ImageSize(channels, VERIFIED_SIDE, VERIFIED_SIDE);
    Random random = new Random(1);
    float[] pixels = new float[VERIFIED * small.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    INDArray labels = Nd4j.zeros(type, VERIFIED, network.classes());
    for (int i = 0; i < VERIFIED; i++) {
      labels.putScalar(i, random.nextInt(network.classes()), 1);
    }
    SlopeReport report =
        AliGTraining.verifySlope(
            Dl4jGraphs.of(network, small, loss, updater, type),
            new DataSet(images(pixels, small, type), labels));
    if (!report.right()) {
      throw new IllegalStateException(
          "the gradient of " + loss + " is wrong: " + report.describe());
    }
  }

  /** The updater of some settings. */
  static IUpdater updater(OptimizerSettings settings) {
    if (settings instanceof OptimizerSettings.AliG own) {
      return AliGUpdater.builder()
          .maxLearningRate(own.maxLearningRate())
          .momentum(own.momentum())
          .l2Ball(own.ball())
          .build();
    }
    if (settings instanceof OptimizerSettings.Sgd sgd) {
      return sgd.momentum() == 0 ? new Sgd(sgd.rate()) : new Nesterovs(sgd.rate(), sgd.momentum());
    }
    return new Adam(((OptimizerSettings.Adam) settings).rate());
  }

  private INDArray images(float[] images) {
    return images(images, size, type);
  }

  private static INDArray images(float[] images, ImageSize size, DataType type) {
    long count = images.length / size.size();
    return Nd4j.createFromArray(images)
        .castTo(type)
        .reshape(count, size.channels(), size.height(), size.width());
  }

  private INDArray labels(int[] labels) {
    INDArray rows = Nd4j.zeros(type, labels.length, classes);
    for (int i = 0; i < labels.length; i++) {
      rows.putScalar(i, labels[i], 1);
    }
    return rows;
  }

  @Override
  public Outcome step(float[] pixels, int[] labels, long seed, long index) {
    graph.getConfiguration().setIterationCount(Math.toIntExact(index));
    Nd4j.getRandom().setSeed(seed);
    graph.fit(new DataSet(images(pixels), labels(labels)));
    float[][] found = observer.scores();
    double norm = norm(graph.paramTable());
    AliGTraining training = aliG;
    if (training == null) {
      return new Outcome(
          graph.score(), found, rate, rate, observer.gradientNorm() / labels.length, norm);
    }
    StepReport report = training.lastStep().orElseThrow().report();
    return new Outcome(
        report.loss(),
        found,
        report.meanStepSize(),
        report.unclippedStepSize(),
        report.gradientNorm(),
        norm);
  }

  /** The norm of the learned parameters, without the running statistics in the same table. */
  static double norm(Map<String, INDArray> arrays) {
    double squares = 0;
    for (Map.Entry<String, INDArray> entry : arrays.entrySet()) {
      if (!entry.getKey().endsWith("_mean") && !entry.getKey().endsWith("_var")) {
        double norm = entry.getValue().norm2Number().doubleValue();
        squares += norm * norm;
      }
    }
    return Math.sqrt(squares);
  }

  @Override
  public Gradient gradient(float[] pixels, int[] labels, long seed) {
    Nd4j.getRandom().setSeed(seed);
    graph.setInputs(images(pixels));
    graph.setLabels(labels(labels));
    graph.computeGradientAndScore();
    Map<String, double[]> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (parameter.isLearned()) {
        INDArray summed = graph.gradient().getGradientFor(key(parameter));
        values.put(parameter.name(), toTorch(parameter, summed.div(labels.length)));
      }
    }
    return new Gradient(graph.score(), values);
  }

  @Override
  public float[][] scores(float[] pixels) {
    INDArray[] found = graph.output(List.of(scores), false, new INDArray[] {images(pixels)}, null);
    return found[0].castTo(DataType.FLOAT).toFloatMatrix();
  }

  @Override
  public Map<String, double[]> values() {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      values.put(parameter.name(), toTorch(parameter, graph.getParam(key(parameter))));
    }
    return values;
  }

  @Override
  public void assign(Map<String, double[]> values) {
    values.forEach(
        (name, given) -> {
          Parameter parameter = Parameter.find(parameters, name, given.length);
          INDArray target = graph.getParam(key(parameter));
          double[] moved = Permutation.of(given, parameter.shape(), axes(parameter));
          target.assign(Nd4j.createFromArray(moved).castTo(type).reshape('c', target.shape()));
        });
  }

  /**
   * PyTorch's axes in Deeplearning4j's order: the matrix of a linear layer has its outputs last.
   */
  private static int[] axes(Parameter parameter) {
    return switch (parameter.shape().size()) {
      case 4 -> new int[] {0, 1, 2, 3};
      case 2 -> new int[] {1, 0};
      default -> new int[] {0};
    };
  }

  private static double[] toTorch(Parameter parameter, INDArray array) {
    double[] values = Nd4j.toFlattened('c', array).castTo(DataType.DOUBLE).toDoubleVector();
    int[] axes = axes(parameter);
    List<Integer> shape = Numbers.list(Permutation.shape(parameter.shape(), axes));
    return Permutation.of(values, shape, Permutation.inverse(axes));
  }

  private String key(Parameter parameter) {
    return Dl4jGraphs.key(graph, parameter.name());
  }

  @Override
  public Snapshot save() {
    return new FlatArrays(graph).save();
  }

  @Override
  public void restore(Snapshot saved) {
    new FlatArrays(graph).restore(saved);
  }

  /** Does nothing, because the garbage collector frees the memory of a graph. */
  @Override
  public void close() {}
}
