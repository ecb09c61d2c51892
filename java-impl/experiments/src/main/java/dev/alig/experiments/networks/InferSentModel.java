package dev.alig.experiments.networks;

import dev.alig.StepReport;
import dev.alig.experiments.Randomness;
import dev.alig.experiments.Snapshot;
import dev.alig.experiments.networks.ImageModel.Outcome;
import dev.alig.nd4j.AliG;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/** An {@link InferSent} under training. Sentences are as in {@link SentencePairs}. */
public final class InferSentModel {
  private final InferSent network;
  private final DataType type;
  private final ComputationGraph graph;
  private final Observer observer;
  private final double rate;
  private final Optional<AliG> aliG;

  /**
   * Creates a network with PyTorch's initial parameters: U(±1/√hidden) for the LSTM, U(±1/√inputs)
   * for a linear layer.
   *
   * @param settings ALI-G without momentum, or Adam
   * @param clip the gradient's greatest norm, to which Adam's is scaled down; infinite for none
   * @param type FLOAT or DOUBLE
   * @param seed the seed of the initial parameters
   * @param threads the number of threads that ND4J may use, in the whole process
   */
  public InferSentModel(
      InferSent network,
      OptimizerSettings settings,
      double clip,
      DataType type,
      long seed,
      int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    this.network = network;
    this.type = type;
    this.graph = network.graph(updater(settings), type);
    this.observer = new Observer(Dl4jGraphs.scores(graph));
    graph.addListeners(observer);
    initialize(seed);
    if (settings instanceof OptimizerSettings.AliG own) {
      aliG =
          Optional.of(
              AliG.builder()
                  .maxLearningRate(own.maxLearningRate())
                  .l2Ball(own.ball())
                  .parameters(graph.params())
                  .build());
    } else {
      graph.addListeners(new Clip(clip));
      aliG = Optional.empty();
    }
    this.rate = settings instanceof OptimizerSettings.Adam adam ? adam.rate() : Double.NaN;
  }

  /** ALI-G has no state without momentum, and takes its steps on the parameters itself. */
  private static IUpdater updater(OptimizerSettings settings) {
    if (settings instanceof OptimizerSettings.AliG own) {
      if (own.momentum() != 0) {
        throw new IllegalArgumentException("momentum must be 0, was " + own.momentum());
      }
      return new NoOp();
    }
    return Dl4jModel.updater(settings);
  }

  private void initialize(long seed) {
    graph
        .paramTable()
        .forEach(
            (key, array) -> {
              String layer = key.substring(0, key.lastIndexOf('_'));
              boolean recurrent = layer.endsWith("ward");
              double inputs =
                  recurrent ? network.hidden() : (double) graph.getParam(layer + "_W").size(0);
              double bound = 1 / Math.sqrt(inputs);
              Random random = new Random(Randomness.of(seed, key, 0).nextLong());
              float[] values = new float[Math.toIntExact(array.length())];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (bound * (2 * random.nextDouble() - 1));
              }
              array.assign(Nd4j.createFromArray(values).castTo(type).reshape(array.shape()));
            });
  }

  /** Scales the gradient down to a norm; Deeplearning4j can only do that for each layer. */
  private static final class Clip extends BaseTrainingListener {
    private final double most;

    Clip(double most) {
      this.most = most;
    }

    /** Here the gradients are sums over the batch, not means. */
    @Override
    public void onGradientCalculation(Model model) {
      double norm = Dl4jModel.norm(model.gradient().gradientForVariable()) / model.batchSize();
      if (norm > most) {
        model.gradient().gradientForVariable().values().forEach(part -> part.muli(most / norm));
      }
    }
  }

  private MultiDataSet batch(double[][][] first, double[][][] second, int[] labels) {
    return new MultiDataSet(
        SentencePairs.inputs(first, second, type),
        new INDArray[] {SentencePairs.labels(labels, type)});
  }

  /**
   * Takes one step of the optimizer.
   *
   * @param index the number of steps before this one
   */
  public Outcome step(double[][][] first, double[][][] second, int[] labels, long index) {
    return aliG.map(own -> aliG(own, batch(first, second, labels), labels))
        .orElseGet(() -> fit(batch(first, second, labels), labels, index));
  }

  /**
   * A step on the whole gradient. It is the one of {@link dev.alig.nd4j.dl4j.AliGTraining}, which
   * would measure the gradients of {@link MaxOverTime} and {@link MultiClassHinge} first, on a copy
   * in DOUBLE: at full size that takes minutes and 18 GB. Tests measure a small network.
   */
  private Outcome aliG(AliG optimizer, MultiDataSet batch, int[] labels) {
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    graph.computeGradientAndScore();
    // Deeplearning4j sums over the batch.
    INDArray mean = graph.gradient().gradient().divi(labels.length);
    StepReport report = optimizer.step(graph.score(), mean);
    return new Outcome(
        report.loss(),
        observer.scores(),
        report.meanStepSize(),
        report.unclippedStepSize(),
        report.gradientNorm(),
        norm());
  }

  private Outcome fit(MultiDataSet batch, int[] labels, long index) {
    graph.getConfiguration().setIterationCount(Math.toIntExact(index));
    graph.fit(batch);
    return new Outcome(
        graph.score(),
        observer.scores(),
        rate,
        rate,
        observer.gradientNorm() / labels.length,
        norm());
  }

  private double norm() {
    return graph.params().norm2Number().doubleValue();
  }

  /** One row of scores per pair. They depend on the batch, whose padding the maximum sees. */
  public float[][] scores(double[][][] first, double[][][] second) {
    INDArray[] inputs = SentencePairs.inputs(first, second, type);
    INDArray[] found = graph.output(List.of(Dl4jGraphs.scores(graph)), false, inputs, null);
    return found[0].castTo(DataType.FLOAT).toFloatMatrix();
  }

  /** How many numbers are trained. */
  public long parameters() {
    return graph.numParams();
  }

  /** All that the next steps depend on, bit for bit. */
  public Snapshot save() {
    return new FlatArrays(graph).save();
  }

  /**
   * Restores a saved state.
   *
   * @throws IllegalArgumentException if the state is that of another network or optimizer
   */
  public void restore(Snapshot saved) {
    new FlatArrays(graph).restore(saved);
  }
}
