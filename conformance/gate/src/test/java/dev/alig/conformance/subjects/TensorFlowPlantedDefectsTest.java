package dev.alig.conformance.subjects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainedState;
import dev.alig.conformance.model.TrainedStep;
import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.model.Training;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.model.TrainingCase.Rule;
import dev.alig.conformance.torch.TrainedJudge;
import dev.alig.conformance.trained.Blame;
import dev.alig.conformance.trained.TrainedOutcome;
import dev.alig.experiments.networks.DenseNet;
import dev.alig.experiments.networks.GraphLayers;
import dev.alig.experiments.networks.Layers;
import dev.alig.experiments.networks.WideResNet;
import dev.alig.tensorflow.Semantics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Mistakes in a training by TensorFlow-Java are caught, and blamed on what is wrong. */
class TensorFlowPlantedDefectsTest {
  private static final TensorFlowSubject SUBJECT = new TensorFlowSubject(Semantics.PYTORCH);
  private static final int FREE = 0;
  private static final int FORCED = 3;
  private static final int SHOWN = 20;

  private static TrainedJudge judge;

  @BeforeAll
  static void open() {
    judge = TrainedOracle.judge();
  }

  private static TrainedOutcome outcome(Model model, int index, Trainer trainer) {
    TrainingCase whole = judge.draw(model, index, 5);
    List<List<Integer>> order = whole.problem().order();
    TrainingCase trained =
        whole.on(whole.problem().withOrder(order.subList(0, Math.min(SHOWN, order.size()))));
    return judge.compare(trained, SUBJECT, trainer);
  }

  private static Trainer sound() {
    return SUBJECT.trainer().orElseThrow();
  }

  /** Trains something else than the case asks for. */
  private static Trainer instead(UnaryOperator<TrainingCase> other) {
    return trainer(trained -> sound().begin(other.apply(trained)));
  }

  private static Trainer withRule(UnaryOperator<Rule> other) {
    return instead(
        it ->
            new TrainingCase(
                it.id(),
                it.dtype(),
                it.model(),
                it.objective(),
                it.mode(),
                other.apply(it.rule()),
                it.problem()));
  }

  /** Spoils what a sound training tells of its steps. */
  private static Trainer telling(UnaryOperator<TrainedStep> spoiled) {
    return trainer(
        trained -> new Spoiled(sound().begin(trained), spoiled, UnaryOperator.identity()));
  }

  private interface Begin {
    Training begin(TrainingCase trained);
  }

  private static Trainer trainer(Begin begin) {
    return new Trainer() {
      @Override
      public Optional<String> inapplicable(TrainingCase trained) {
        return sound().inapplicable(trained);
      }

      @Override
      public Training begin(TrainingCase trained) {
        return begin.begin(trained);
      }
    };
  }

  /** A training whose steps and loaded states are changed on the way. */
  private record Spoiled(
      Training sound, UnaryOperator<TrainedStep> told, UnaryOperator<TrainedState> loaded)
      implements Training {
    @Override
    public TrainedState state() {
      return sound.state();
    }

    @Override
    public void load(TrainedState state) {
      sound.load(loaded.apply(state));
    }

    @Override
    public TrainedStep step(int step) {
      return told.apply(sound.step(step));
    }

    @Override
    public void close() {
      sound.close();
    }
  }

  private static List<Tensor> halved(List<Tensor> tensors) {
    List<Tensor> changed = new ArrayList<>(tensors);
    double[] values = tensors.get(0).toArray();
    values[0] /= 2;
    changed.set(0, Tensor.of(tensors.get(0).shape(), values));
    return changed;
  }

  private static void isBlamedOn(Blame blame, TrainedOutcome outcome) {
    assertThat(outcome.verdict()).isInstanceOf(Verdict.Differs.class);
    assertThat(outcome.blame()).contains(blame);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsWrongWithoutADefect(Model model) {
    assertThat(outcome(model, FREE, sound()).verdict()).isInstanceOf(Verdict.Agrees.class);
    assertThat(outcome(model, FORCED, sound()).verdict()).isInstanceOf(Verdict.Agrees.class);
  }

  @Test
  void anotherRuleIsTheRules() {
    Trainer withoutEps =
        withRule(r -> new Rule(0, r.form(), r.momentum(), r.maxLearningRate(), r.radius()));
    isBlamedOn(Blame.RULE, outcome(Model.MLP, FORCED, withoutEps));
    Trainer moreMomentum =
        withRule(r -> new Rule(r.eps(), r.form(), 0.91, r.maxLearningRate(), r.radius()));
    isBlamedOn(Blame.RULE, outcome(Model.LSTM, FREE, moreMomentum));
    Trainer otherForm =
        withRule(
            r ->
                new Rule(
                    r.eps(), MomentumForm.ADJUSTED, r.momentum(), r.maxLearningRate(), r.radius()));
    isBlamedOn(Blame.RULE, outcome(Model.MLP, FREE, otherForm));
    Trainer lowerCap =
        withRule(
            r -> new Rule(r.eps(), r.form(), r.momentum(), OptionalDouble.of(0.001), r.radius()));
    isBlamedOn(Blame.RULE, outcome(Model.CONVNET, FORCED, lowerCap));
  }

  @Test
  void otherBatchesAreTheModels() {
    Trainer backwards =
        instead(
            it -> {
              List<List<Integer>> order = new ArrayList<>(it.problem().order());
              Collections.reverse(order);
              return it.on(it.problem().withOrder(order));
            });
    isBlamedOn(Blame.LOSS, outcome(Model.BILSTM, FREE, backwards));
  }

  @Test
  void anotherGradientIsTheGradients() {
    Trainer halves =
        telling(
            s ->
                new TrainedStep(
                    s.loss(), halved(s.gradients()), s.unclipped(), s.stepSize(), s.after()));
    isBlamedOn(Blame.GRADIENT, outcome(Model.BILSTM, FREE, halves));
    isBlamedOn(Blame.GRADIENT, outcome(Model.LSTM, FORCED, halves));
  }

  @Test
  void otherAveragesAreTheStatistics() {
    Trainer halves =
        telling(
            s ->
                new TrainedStep(
                    s.loss(),
                    s.gradients(),
                    s.unclipped(),
                    s.stepSize(),
                    new TrainedState(
                        s.after().parameters(),
                        s.after().buffers(),
                        halved(s.after().statistics()))));
    isBlamedOn(Blame.STATISTICS, outcome(Model.CONVNET, FREE, halves));
  }

  @Test
  void aSwappedGateIsTheModels() {
    Trainer swapped = with(Model.DNC, new SwappedGates());
    isBlamedOn(Blame.LOSS, outcome(Model.DNC, FREE, swapped));
    isBlamedOn(Blame.LOSS, outcome(Model.DNC, FORCED, swapped));
  }

  @Test
  void aStepThatIsNotMaskedIsTheModels() {
    isBlamedOn(Blame.LOSS, outcome(Model.DNC, FORCED, with(Model.DNC, new UnmaskedStep())));
  }

  private static Trainer with(Model model, ModelGraph.Builder builder) {
    return new TensorFlowTrainer(Semantics.PYTORCH, Map.of(model, builder));
  }

  /** A DNC whose input gate and forget gate have changed places. */
  private static final class SwappedGates implements ModelGraph.Builder {
    @Override
    public <T extends TFloating> ModelGraph<T> of(
        Ops tf, Class<T> type, TrainingCase trained, Map<String, ? extends Operand<T>> weights) {
      Map<String, Operand<T>> swapped = new HashMap<>(weights);
      swapped.computeIfPresent("controller.weights", (name, w) -> swapped(tf, w, 1));
      swapped.computeIfPresent("controller.bias", (name, w) -> swapped(tf, w, 0));
      return new DncGraph<>(tf, type, trained, swapped);
    }

    private static <T extends TFloating> Operand<T> swapped(Ops tf, Operand<T> w, int axis) {
      List<Operand<T>> gates = new ArrayList<>();
      tf.split(tf.constant(axis), w, 4L).forEach(gates::add);
      Collections.swap(gates, 0, 2);
      return tf.concat(gates, tf.constant(axis));
    }
  }

  /** A DNC whose loss counts the first time step, of which nothing is asked. */
  private static final class UnmaskedStep implements ModelGraph.Builder {
    @Override
    public <T extends TFloating> ModelGraph<T> of(
        Ops tf, Class<T> type, TrainingCase trained, Map<String, ? extends Operand<T>> weights) {
      ModelGraph<T> sound = new DncGraph<>(tf, type, trained, weights);
      double[] mask = new double[trained.problem().classes().shape().get(1)];
      Arrays.fill(mask, 1, mask.length, 1);
      Operand<T> others =
          tf.reshape(
              tf.dtypes.cast(tf.constant(mask), type), tf.constant(new int[] {mask.length, 1, 1}));
      return (features, classes) -> sound.loss(features, tf.math.mul(classes, others));
    }
  }

  @Test
  void aWrongPaddingIsTheModels() {
    ImageNetwork oneSided =
        new ImageNetwork(new WideResNet(10, 1, 0, 10)) {
          @Override
          <T extends TFloating> Layers<Operand<T>> layers(
              Ops tf, GraphLayers<T> sound, Map<String, Operand<T>> arrays) {
            return new DefectiveLayers<>(sound) {
              @Override
              public Operand<T> convolution(
                  String name, Operand<T> input, int outputs, int kernel, int stride) {
                List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
                Operand<T> weights = Objects.requireNonNull(arrays.get(name + ".weight"));
                return tf.nn.conv2d(input, weights, strides, "SAME");
              }
            };
          }
        };
    isBlamedOn(Blame.LOSS, outcome(Model.WRN, FORCED, with(Model.WRN, oneSided)));
  }

  @Test
  void aBiasedVarianceIsTheStatistics() {
    ImageNetwork biased =
        new ImageNetwork(new WideResNet(10, 1, 0, 10)) {
          @Override
          <T extends TFloating> Layers<Operand<T>> layers(
              Ops tf, GraphLayers<T> sound, Map<String, Operand<T>> arrays) {
            return new DefectiveLayers<>(sound) {
              @Override
              public Operand<T> normalization(String name, Operand<T> input) {
                Operand<T> output = sound.normalization(name, input);
                var axes = tf.constant(new int[] {0, 1, 2});
                Operand<T> mean = tf.math.mean(input, axes);
                Operand<T> variance = tf.math.mean(tf.math.squaredDifference(input, mean), axes);
                Operand<T> share = tf.dtypes.cast(tf.constant(0.1), input.type());
                Operand<T> kept = tf.dtypes.cast(tf.constant(0.9), input.type());
                Operand<T> running = Objects.requireNonNull(arrays.get(name + ".running_var"));
                Operand<T> moved =
                    tf.math.add(tf.math.mul(running, kept), tf.math.mul(variance, share));
                // The last update is that of the variance.
                sound.updates().set(sound.updates().size() - 1, tf.assign(running, moved));
                return output;
              }
            };
          }
        };
    isBlamedOn(Blame.STATISTICS, outcome(Model.WRN, FORCED, with(Model.WRN, biased)));
  }

  @Test
  void aSkippedTransitionIsTheModels() {
    ImageNetwork skipping =
        new ImageNetwork(DenseNet.bottlenecks(10, 6, 10)) {
          @Override
          <T extends TFloating> Layers<Operand<T>> layers(
              Ops tf, GraphLayers<T> sound, Map<String, Operand<T>> arrays) {
            return new DefectiveLayers<>(sound) {
              /** Takes one pixel of each square. */
              @Override
              public Operand<T> halvedByMean(Operand<T> input) {
                List<Long> one = List.of(1L, 1L, 1L, 1L);
                return tf.nn.avgPool(input, one, List.of(1L, 2L, 2L, 1L), "VALID");
              }
            };
          }
        };
    isBlamedOn(Blame.LOSS, outcome(Model.DENSENET, FORCED, with(Model.DENSENET, skipping)));
  }

  /** Sound layers, of which a test overrides one. */
  private static class DefectiveLayers<T extends TFloating> implements Layers<Operand<T>> {
    private final GraphLayers<T> sound;

    DefectiveLayers(GraphLayers<T> sound) {
      this.sound = sound;
    }

    @Override
    public Operand<T> convolution(
        String name, Operand<T> input, int outputs, int kernel, int stride) {
      return sound.convolution(name, input, outputs, kernel, stride);
    }

    @Override
    public Operand<T> normalization(String name, Operand<T> input) {
      return sound.normalization(name, input);
    }

    @Override
    public Operand<T> relu(Operand<T> input) {
      return sound.relu(input);
    }

    @Override
    public Operand<T> dropout(Operand<T> input, double rate) {
      return sound.dropout(input, rate);
    }

    @Override
    public Operand<T> sum(Operand<T> first, Operand<T> second) {
      return sound.sum(first, second);
    }

    @Override
    public Operand<T> concatenation(Operand<T> first, Operand<T> second) {
      return sound.concatenation(first, second);
    }

    @Override
    public Operand<T> halvedByMean(Operand<T> input) {
      return sound.halvedByMean(input);
    }

    @Override
    public Operand<T> channelMeans(Operand<T> input) {
      return sound.channelMeans(input);
    }

    @Override
    public Operand<T> linear(String name, Operand<T> input, int outputs, boolean bias) {
      return sound.linear(name, input, outputs, bias);
    }
  }

  @Test
  void weightsThatAreNotHeldAreTheWeights() {
    Trainer forgetful =
        trainer(
            trained ->
                new Spoiled(
                    sound().begin(trained),
                    UnaryOperator.identity(),
                    state ->
                        new TrainedState(
                            halved(state.parameters()), state.buffers(), state.statistics())));
    isBlamedOn(Blame.WEIGHTS, outcome(Model.CONVNET, FORCED, forgetful));
  }
}
