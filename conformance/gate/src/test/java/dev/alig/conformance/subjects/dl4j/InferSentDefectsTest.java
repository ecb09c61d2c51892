package dev.alig.conformance.subjects.dl4j;

import static dev.alig.conformance.subjects.TrainedOracle.isBlamedOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.subjects.Nd4jSubject;
import dev.alig.conformance.subjects.TrainedOracle;
import dev.alig.conformance.torch.TrainedJudge;
import dev.alig.conformance.trained.Blame;
import dev.alig.conformance.trained.TrainedOutcome;
import dev.alig.experiments.networks.MaxOverTime;
import dev.alig.experiments.networks.MaxOverTimeVertex;
import dev.alig.experiments.networks.MultiClassHinge;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Mistakes in the graph of InferSent are caught, and blamed on the right part. */
class InferSentDefectsTest {
  /** A free case of cross-entropy, and a forced one of the hinge loss. */
  private static final int CROSS_ENTROPY = 0;

  private static final int HINGE = 1;

  private static TrainedJudge judge;

  @BeforeAll
  static void open() {
    judge = TrainedOracle.judge();
  }

  /** Trains a network whose configuration was edited. */
  private static TrainedOutcome edited(int index, Consumer<ComputationGraphConfiguration> edit) {
    return edited(index, new FitSteps(false), edit);
  }

  private static TrainedOutcome edited(
      int index, Steps steps, Consumer<ComputationGraphConfiguration> edit) {
    Models models =
        (trained, updater) -> {
          Dl4jModel sound = Networks.of(trained, updater);
          ComputationGraphConfiguration configuration =
              ((ComputationGraph) sound.network()).getConfiguration().clone();
          edit.accept(configuration);
          configuration.setTopologicalOrder(null);
          configuration.setTopologicalOrderStr(null);
          ComputationGraph graph = new ComputationGraph(configuration);
          graph.init();
          return new Dl4jModel(graph, sound.links());
        };
    Dl4jTrainer trainer = new Dl4jTrainer(steps, models);
    return TrainedOracle.outcome(judge, Model.INFERSENT, index, new Nd4jSubject(), trainer);
  }

  /** Adds a vertex to a configuration. */
  private static void add(
      ComputationGraphConfiguration graph, String name, GraphVertex vertex, String... inputs) {
    graph.getVertices().put(name, vertex);
    graph.getVertexInputs().put(name, List.of(inputs));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void withoutADefectTheyAgree(int index) {
    assertThat(edited(index, graph -> {}).verdict()).isInstanceOf(Verdict.Agrees.class);
  }

  /** Every sentence has the length that it was padded for, so no zeros are seen. */
  @Test
  void aMaximumWithoutPaddingIsTheModels() {
    isBlamedOn(Blame.LOSS, edited(CROSS_ENTROPY, graph -> lengths(graph, 0)));
  }

  /** States that were computed from padding are taken for those of words. */
  @Test
  void paddingReadAsWordsIsTheModels() {
    isBlamedOn(Blame.LOSS, edited(CROSS_ENTROPY, graph -> lengths(graph, 1)));
  }

  /** Puts one of the two lengths of a sentence in the place of both. */
  private static void lengths(ComputationGraphConfiguration graph, int which) {
    add(graph, "one", new SubsetVertex(which, which), "lengths");
    add(graph, "other", new SubsetVertex(which, which), "lengths");
    add(graph, "twice", new MergeVertex(), "one", "other");
    for (String layer : List.of("Forward", "Backward")) {
      List<String> inputs = List.of(layer.toLowerCase(Locale.ROOT), "twice");
      graph.getVertexInputs().put("pooled" + layer, inputs);
    }
  }

  /** The padding of the other side of the batch counts as well. */
  @Test
  void paddingOfTheOtherSideIsTheModels() {
    TrainedOutcome outcome =
        edited(
            CROSS_ENTROPY,
            graph ->
                graph.getVertexInputs().put("lengths", List.of("firstLengths", "firstLengths")));
    isBlamedOn(Blame.LOSS, outcome);
  }

  @Test
  void aSentenceThatIsNotReversedIsTheModels() {
    TrainedOutcome outcome =
        edited(CROSS_ENTROPY, graph -> graph.getVertexInputs().put("backward", List.of("words")));
    isBlamedOn(Blame.LOSS, outcome);
  }

  @Test
  void featuresInAnotherOrderAreTheModels() {
    TrainedOutcome outcome =
        edited(
            CROSS_ENTROPY,
            graph ->
                graph.getVertexInputs().put("features", List.of("u", "v", "product", "distance")));
    isBlamedOn(Blame.LOSS, outcome);
  }

  /** The last component of a word, whose weights are torch's second bias, is 2 in place of 1. */
  @Test
  void aBiasThatCountsTwiceIsTheModels() {
    TrainedOutcome outcome =
        edited(
            CROSS_ENTROPY,
            graph -> {
              add(graph, "numbers", new SubsetVertex(0, 5), "words");
              add(graph, "bias", new SubsetVertex(6, 6), "words");
              add(graph, "doubled", new ScaleVertex(2), "bias");
              add(graph, "biased", new MergeVertex(), "numbers", "doubled");
              graph.getVertexInputs().put("forward", List.of("biased"));
            });
    isBlamedOn(Blame.LOSS, outcome);
  }

  @Test
  void aWrongMarginIsTheLosss() {
    TrainedOutcome outcome =
        edited(
            HINGE,
            graph -> {
              LayerVertex vertex =
                  (LayerVertex) Objects.requireNonNull(graph.getVertices().get("loss"));
              LossLayer layer = (LossLayer) vertex.getLayerConf().getLayer();
              layer.setLossFn(new WideMargin());
            });
    isBlamedOn(Blame.LOSS, outcome);
  }

  /**
   * The hinge loss with a margin of 2, which is 2 · hinge(s / 2) with the gradient hinge'(s / 2).
   */
  private static final class WideMargin implements ILossFunction {
    private static final long serialVersionUID = 1;

    private final MultiClassHinge sound = new MultiClassHinge();

    @Override
    public double computeScore(
        INDArray labels, INDArray scores, IActivation identity, INDArray mask, boolean average) {
      return 2 * sound.computeScore(labels, scores.div(2), identity, mask, average);
    }

    @Override
    public INDArray computeScoreArray(
        INDArray labels, INDArray scores, IActivation identity, INDArray mask) {
      return sound.computeScoreArray(labels, scores.div(2), identity, mask).mul(2);
    }

    @Override
    public INDArray computeGradient(
        INDArray labels, INDArray scores, IActivation identity, INDArray mask) {
      return sound.computeGradient(labels, scores.div(2), identity, mask);
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
        INDArray labels, INDArray scores, IActivation identity, INDArray mask, boolean average) {
      return new Pair<>(
          computeScore(labels, scores, identity, mask, average),
          computeGradient(labels, scores, identity, mask));
    }

    @Override
    public String name() {
      return "WideMargin";
    }
  }

  /** The encoder learns from padding, although the loss is right. */
  @Test
  void anErrorThatIsPassedToPaddingIsTheGradients() {
    // It does not leak while ALI-G measures it.
    Steps steps =
        (trained, network) -> {
          Steps.Stepping stepping = new FitSteps(false).attach(trained, network);
          LeakyVertex.leaks = true;
          return stepping;
        };
    try {
      isBlamedOn(
          Blame.GRADIENT, edited(CROSS_ENTROPY, steps, InferSentDefectsTest::passErrorToPadding));
    } finally {
      LeakyVertex.leaks = false;
    }
  }

  @Test
  void aligRefusesAnErrorThatIsPassedToPadding() {
    LeakyVertex.leaks = true;
    try {
      TrainedOutcome outcome = edited(CROSS_ENTROPY, InferSentDefectsTest::passErrorToPadding);
      assertThat(outcome.verdict()).isInstanceOf(Verdict.Broken.class);
      assertThat(((Verdict.Broken) outcome.verdict()).cause())
          .hasMessageContaining("the gradient of an own loss or vertex is wrong");
    } finally {
      LeakyVertex.leaks = false;
    }
  }

  private static void passErrorToPadding(ComputationGraphConfiguration graph) {
    for (String name : List.of("pooledForward", "pooledBackward")) {
      graph.getVertices().put(name, new LeakyMaximum());
    }
  }

  /** A maximum whose error goes to padding too. */
  public static final class LeakyMaximum extends MaxOverTime {
    private static final long serialVersionUID = 1;

    @Override
    public GraphVertex clone() {
      return new LeakyMaximum();
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
        ComputationGraph graph,
        String name,
        int index,
        INDArray parameters,
        boolean initialize,
        DataType type) {
      return new LeakyVertex(graph, name, index, type);
    }
  }

  @SuppressWarnings("overrides") // as in MaxOverTimeVertex
  private static final class LeakyVertex extends MaxOverTimeVertex {
    private static final long serialVersionUID = 1;
    private static boolean leaks;

    LeakyVertex(ComputationGraph graph, String name, int index, DataType type) {
      super(graph, name, index, type);
    }

    @Override
    protected boolean takesError(int step, int length) {
      return leaks || super.takesError(step, length);
    }
  }
}
