package dev.alig.conformance.subjects.dl4j;

import static dev.alig.conformance.subjects.TrainedOracle.isBlamedOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.model.Training;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.subjects.ImageNetworks;
import dev.alig.conformance.subjects.Nd4jSubject;
import dev.alig.conformance.subjects.TrainedOracle;
import dev.alig.conformance.torch.TrainedJudge;
import dev.alig.conformance.trained.Blame;
import dev.alig.conformance.trained.TrainedOutcome;
import dev.alig.experiments.networks.Dl4jGraphs;
import dev.alig.experiments.networks.ImageModel.ImageSize;
import dev.alig.experiments.networks.Loss;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Mistakes in the experiments' graphs of Deeplearning4j are caught, and blamed on the right part.
 */
class ImageNetworkDefectsTest {
  private static final int FORCED = 3;

  private static TrainedJudge judge;

  @BeforeAll
  static void open() {
    judge = TrainedOracle.judge();
  }

  private static TrainedOutcome outcome(Model model, Trainer trainer) {
    return TrainedOracle.outcome(judge, model, FORCED, new Nd4jSubject(), trainer);
  }

  /** Trains a network some of whose layers were changed. */
  private static TrainedOutcome changed(Model model, Consumer<Layer> change) {
    Models models =
        (trained, updater) -> {
          Dl4jModel sound = Networks.of(trained, updater);
          ComputationGraph graph = (ComputationGraph) sound.network();
          return new Dl4jModel(
              rebuilt(
                  graph,
                  configuration ->
                      configuration.getVertices().values().stream()
                          .filter(LayerVertex.class::isInstance)
                          .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer())
                          .forEach(change)),
              sound.links(),
              sound.evaluated());
        };
    return outcome(model, new Dl4jTrainer(new FitSteps(false), models));
  }

  private static ComputationGraph rebuilt(
      ComputationGraph graph, Consumer<ComputationGraphConfiguration> edit) {
    ComputationGraphConfiguration configuration = graph.getConfiguration().clone();
    edit.accept(configuration);
    ComputationGraph rebuilt = new ComputationGraph(configuration);
    rebuilt.init();
    return rebuilt;
  }

  @Test
  void withoutADefectTheyAgree() {
    for (Model model : new Model[] {Model.WRN, Model.DENSENET, Model.RESNET}) {
      assertThat(changed(model, layer -> {}).verdict()).isInstanceOf(Verdict.Agrees.class);
    }
  }

  /** The mode Same pads one side only where a stride is 2. */
  @Test
  void aWrongPaddingIsTheModels() {
    TrainedOutcome outcome =
        changed(
            Model.WRN,
            layer -> {
              if (layer instanceof ConvolutionLayer convolution) {
                convolution.setConvolutionMode(ConvolutionMode.Same);
              }
            });
    isBlamedOn(Blame.LOSS, outcome);
  }

  /** A transition takes one pixel of each square, not their mean. */
  @Test
  void aSkippedTransitionIsTheModels() {
    TrainedOutcome outcome =
        changed(
            Model.DENSENET,
            layer -> {
              if (layer instanceof SubsamplingLayer pooling) {
                pooling.setKernelSize(new int[] {1, 1});
              }
            });
    isBlamedOn(Blame.LOSS, outcome);
  }

  /** Only one side is padded. */
  @Test
  void aWrongPaddingOfTheMaximumIsTheModels() {
    TrainedOutcome outcome =
        changed(
            Model.RESNET,
            layer -> {
              if (layer instanceof SubsamplingLayer pooling) {
                pooling.setConvolutionMode(ConvolutionMode.Same);
              }
            });
    isBlamedOn(Blame.LOSS, outcome);
  }

  @Test
  void aMissingReluAfterTheAdditionIsTheModels() {
    Models models =
        (trained, updater) -> {
          Dl4jModel sound = Networks.of(trained, updater);
          ComputationGraph graph =
              rebuilt(
                  (ComputationGraph) sound.network(),
                  configuration ->
                      configuration
                          .getVertexInputs()
                          .forEach(
                              (name, inputs) -> {
                                if (inputs.get(0).startsWith("sum")) {
                                  LayerVertex vertex =
                                      (LayerVertex)
                                          Objects.requireNonNull(
                                              configuration.getVertices().get(name));
                                  ((ActivationLayer) vertex.getLayerConf().getLayer())
                                      .setActivationFn(new ActivationIdentity());
                                }
                              }));
          return new Dl4jModel(graph, sound.links(), sound.evaluated());
        };
    isBlamedOn(Blame.LOSS, outcome(Model.RESNET, new Dl4jTrainer(new FitSteps(false), models)));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void aWrongNumberOfPlacesIsTheModels(int places) {
    Models models =
        (trained, updater) -> {
          Dl4jModel sound = Networks.of(trained, updater);
          List<Integer> shape = trained.problem().features().get(0).shape();
          ImageSize size = new ImageSize(shape.get(1), shape.get(2), shape.get(3));
          ComputationGraph graph =
              Dl4jGraphs.of(
                  ImageNetworks.RESNET, size, new Loss.Truncated(places), updater, DataType.DOUBLE);
          return new Dl4jModel(graph, sound.links(), sound.evaluated());
        };
    isBlamedOn(Blame.LOSS, outcome(Model.RESNET, new Dl4jTrainer(new FitSteps(false), models)));
  }

  @Test
  void aWrongDecayIsTheStatistics() {
    TrainedOutcome outcome =
        changed(
            Model.WRN,
            layer -> {
              if (layer instanceof BatchNormalization normalization) {
                normalization.setDecay(0.8);
              }
            });
    isBlamedOn(Blame.STATISTICS, outcome);
  }

  /** Deeplearning4j's biased variance, compared with torch's own unbiased one. */
  @Test
  void anotherVarianceIsTheStatistics() {
    Dl4jTrainer sound = new Dl4jTrainer();
    Trainer trainer =
        new Trainer() {
          @Override
          public Optional<String> inapplicable(TrainingCase trained) {
            return Optional.empty();
          }

          @Override
          public Training begin(TrainingCase trained) {
            return sound.begin(trained);
          }
        };
    isBlamedOn(Blame.STATISTICS, outcome(Model.WRN, trainer));
  }

  /** Dropout that scales its input in evaluation, as it would have to if it did not in training. */
  @Test
  void dropoutAtEvaluationIsTheEvaluations() {
    Models models =
        (trained, updater) -> {
          Dl4jModel sound = Networks.of(trained, updater);
          ComputationGraph evaluated =
              rebuilt(
                  sound.evaluated().orElseThrow(),
                  configuration -> {
                    assertThat(configuration.getVertices()).containsKey("dropout3");
                    configuration.getVertices().put("dropout3", new ScaleVertex(0.6));
                  });
          return new Dl4jModel(sound.network(), sound.links(), Optional.of(evaluated));
        };
    isBlamedOn(Blame.EVALUATION, outcome(Model.WRN, new Dl4jTrainer(new FitSteps(false), models)));
  }
}
