package dev.alig.conformance.subjects.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.StepReport;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.subjects.Nd4jSubject;
import dev.alig.conformance.subjects.TrainedOracle;
import dev.alig.conformance.torch.TrainedJudge;
import dev.alig.conformance.trained.Blame;
import dev.alig.conformance.trained.TrainedOutcome;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.AliGBuilder;
import dev.alig.nd4j.dl4j.AliGUpdater;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Mistakes that an adapter may have are caught, and blamed on what is wrong. */
class PlantedDefectsTest {
  private static final int FREE = 0;
  private static final int FORCED = 1;

  private static TrainedJudge judge;

  @BeforeAll
  static void open() {
    judge = TrainedOracle.judge();
  }

  private static TrainedOutcome outcome(Model model, int index, Steps steps, Models models) {
    // Free cases of a tenth of the length show what is wrong from the start on.
    TrainingCase whole = judge.draw(model, index, 5);
    int shown = Math.min(30, whole.steps());
    TrainingCase trained =
        whole.on(whole.problem().withOrder(whole.problem().order().subList(0, shown)));
    return judge.compare(trained, new Nd4jSubject(), new Dl4jTrainer(steps, models));
  }

  private static void isBlamedOn(Blame blame, TrainedOutcome outcome) {
    assertThat(outcome.verdict()).isInstanceOf(Verdict.Differs.class);
    assertThat(outcome.blame()).contains(blame);
    assertThat(((Verdict.Differs) outcome.verdict()).first().toString()).contains(blame.words());
  }

  /** A user's own loop: loss and gradients by DL4J, the rest by hand. */
  private interface Loop {
    StepReport step(MultiLayerNetwork network, MultiDataSet batch);
  }

  private static Steps byHand(BiFunction<TrainingCase, MultiLayerNetwork, Loop> make) {
    return (trained, network) -> {
      MultiLayerNetwork stack = (MultiLayerNetwork) network;
      Loop loop = make.apply(trained, stack);
      return batch -> {
        stack.setInput(batch.getFeatures(0));
        stack.setLabels(batch.getLabels(0));
        stack.computeGradientAndScore();
        stack.getListeners().forEach(listener -> listener.onGradientCalculation(stack));
        return loop.step(stack, batch);
      };
    };
  }

  private static AliGBuilder rule(TrainingCase trained) {
    AliGUpdater updater = Steps.updater(trained);
    return AliG.builder()
        .settings(updater.settings())
        .maxLearningRate(trained.rule().cap())
        .momentum(trained.rule().momentum());
  }

  private static INDArray mean(MultiLayerNetwork network, MultiDataSet batch) {
    return network.gradient().gradient().div(batch.getFeatures(0).size(0));
  }

  /** Steps by fit with another updater than the case's settings. */
  private static Models withUpdater(UnaryOperator<AliGUpdater.Builder> change) {
    return (trained, updater) -> {
      TrainingCase.Rule rule = trained.rule();
      AliGUpdater.Builder builder =
          AliGUpdater.builder()
              .maxLearningRate(rule.cap())
              .momentum(rule.momentum())
              .momentumForm(rule.form())
              .eps(rule.eps());
      rule.radius().ifPresent(builder::l2Ball);
      return Networks.of(trained, change.apply(builder).build());
    };
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DNC", "WRN", "DENSENET", "RESNET"})
  void nothingIsWrongWithoutADefect(Model model) {
    for (int index : List.of(FREE, FORCED)) {
      TrainedOutcome sound = outcome(model, index, new FitSteps(false), Networks::of);
      assertThat(sound.verdict()).isInstanceOf(Verdict.Agrees.class);
      assertThat(sound.blame()).isEmpty();
    }
  }

  @Test
  void aGradientThatIsNotDividedByTheBatchIsTheRules() {
    Steps undivided =
        (trained, network) -> {
          Steps.Stepping sound = new FitSteps(false).attach(trained, network);
          ((MultiLayerNetwork) network)
              .addListeners(
                  new BaseTrainingListener() {
                    @Override
                    public void onGradientCalculation(org.deeplearning4j.nn.api.Model model) {
                      model.gradient().gradient().muli(trained.problem().order().get(0).size());
                    }
                  });
          return sound;
        };
    isBlamedOn(Blame.RULE, outcome(Model.MLP, FREE, undivided, Networks::of));
    isBlamedOn(Blame.RULE, outcome(Model.MLP, FORCED, undivided, Networks::of));
  }

  /** The step moves the running statistics as well, which is not what is to blame. */
  @Test
  void batchNormalizationsPseudoGradientsInTheStepAreTheRules() {
    Steps wholeVector =
        byHand(
            (trained, network) -> {
              AliG optimizer = rule(trained).momentum(0).parameters(network.params()).build();
              return (stack, batch) -> optimizer.step(stack.score(), mean(stack, batch));
            });
    isBlamedOn(Blame.RULE, outcome(Model.CONVNET, 3, wholeVector, Networks::of));
  }

  @Test
  void aLossOfAnotherReductionIsTheModels() {
    // Without miniBatch both loss and gradient are sums over the batch.
    Models summed =
        (trained, updater) -> {
          Dl4jModel model = Networks.of(trained, updater);
          ((MultiLayerNetwork) model.network()).conf().setMiniBatch(false);
          for (Layer layer : ((MultiLayerNetwork) model.network()).getLayers()) {
            layer.conf().setMiniBatch(false);
          }
          return model;
        };
    isBlamedOn(Blame.LOSS, outcome(Model.MLP, FREE, new FitSteps(false), summed));
  }

  @Test
  void aStepForEachLayerIsTheRules() {
    Steps layerByLayer =
        byHand(
            (trained, network) -> {
              List<AliG> optimizers = new ArrayList<>();
              Stream.of(network.getLayers())
                  .forEach(
                      layer -> optimizers.add(rule(trained).parameters(layer.params()).build()));
              return (stack, batch) -> {
                INDArray mean = mean(stack, batch);
                List<StepReport> reports = new ArrayList<>();
                long from = 0;
                for (int i = 0; i < optimizers.size(); i++) {
                  long to = from + stack.getLayer(i).numParams();
                  INDArray part =
                      mean.reshape(mean.length())
                          .get(NDArrayIndex.interval(from, to))
                          .reshape(stack.getLayer(i).params().shape());
                  reports.add(optimizers.get(i).step(stack.score(), part));
                  from = to;
                }
                return reports.get(0);
              };
            });
    isBlamedOn(Blame.RULE, outcome(Model.MLP, 3, layerByLayer, Networks::of));
  }

  @Test
  void gatesInTorchsOrderAreTheModels() {
    Models swapped =
        (trained, updater) -> {
          Dl4jModel model = Networks.of(trained, updater);
          Arrangement asInTorch = Arrangement.blocks(0, 1, 2, 3);
          List<Link> links =
              model.links().stream()
                  .map(
                      link ->
                          link.arrangement() == Arrangement.GATES
                              ? new Link(link.torch(), link.key(), asInTorch)
                              : link)
                  .toList();
          return new Dl4jModel(model.network(), links);
        };
    isBlamedOn(Blame.LOSS, outcome(Model.LSTM, FREE, new FitSteps(false), swapped));
    isBlamedOn(Blame.LOSS, outcome(Model.BILSTM, FORCED, new FitSteps(false), swapped));
  }

  @Test
  void withoutEpsTheRuleIsWrong() {
    Models withoutEps = withUpdater(builder -> builder.eps(0));
    isBlamedOn(Blame.RULE, outcome(Model.MLP, 3, new FitSteps(false), withoutEps));
  }

  @Test
  void doubledMomentumIsTheRules() {
    Models doubled = withUpdater(builder -> builder.momentum(1.8));
    isBlamedOn(Blame.RULE, outcome(Model.MLP, FREE, new FitSteps(false), doubled));
  }

  @Test
  void aGradientThatMissesAPartIsTheGradients() {
    // A listener that spoils what DL4J computed before anybody reads it.
    Models spoiled =
        (trained, updater) -> {
          Dl4jModel model = Networks.of(trained, updater);
          ((MultiLayerNetwork) model.network())
              .addListeners(
                  new BaseTrainingListener() {
                    @Override
                    public void onGradientCalculation(org.deeplearning4j.nn.api.Model any) {
                      any.gradient().gradient().putScalar(0, 0);
                    }
                  });
          return model;
        };
    isBlamedOn(Blame.GRADIENT, outcome(Model.LSTM, FREE, new FitSteps(false), spoiled));
  }

  @Test
  void anotherDecayIsTheStatistics() {
    Models decayed =
        (trained, updater) -> {
          Dl4jModel model = Networks.of(trained, updater);
          var layer =
              (BatchNormalization)
                  ((MultiLayerNetwork) model.network()).getLayer(1).conf().getLayer();
          layer.setDecay(0.99);
          return model;
        };
    isBlamedOn(Blame.STATISTICS, outcome(Model.CONVNET, FREE, new FitSteps(false), decayed));
  }

  @Test
  void weightsThatAreNotHeldAreTheWeights() {
    // Two of torch's tensors in one array: the last one stays.
    Models doubled =
        (trained, updater) -> {
          Dl4jModel model = Networks.of(trained, updater);
          List<Link> links =
              model.links().stream()
                  .map(
                      link ->
                          link.torch().equals("normalization.bias")
                              ? new Link(link.torch(), "1_gamma", link.arrangement())
                              : link)
                  .toList();
          return new Dl4jModel(model.network(), links);
        };
    isBlamedOn(Blame.WEIGHTS, outcome(Model.CONVNET, FREE, new FitSteps(false), doubled));
  }

  @Test
  void aTrainerThatFailsIsBroken() {
    Steps failing =
        (trained, network) -> {
          throw new IllegalStateException("no steps today");
        };
    TrainedOutcome outcome = outcome(Model.MLP, FREE, failing, Networks::of);
    assertThat(outcome.verdict()).isInstanceOf(Verdict.Broken.class);
    assertThat(outcome.blame()).isEmpty();
  }
}
