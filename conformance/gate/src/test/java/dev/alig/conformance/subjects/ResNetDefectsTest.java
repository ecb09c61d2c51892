package dev.alig.conformance.subjects;

import static dev.alig.conformance.subjects.TrainedOracle.isBlamedOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.torch.TrainedJudge;
import dev.alig.conformance.trained.Blame;
import dev.alig.conformance.trained.TrainedOutcome;
import dev.alig.experiments.networks.GraphLayers;
import dev.alig.experiments.networks.GraphLoss;
import dev.alig.experiments.networks.Layers;
import dev.alig.experiments.networks.Loss;
import dev.alig.tensorflow.Semantics;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Mistakes in the residual network, or in its truncated loss, are caught as the model's. */
class ResNetDefectsTest {
  private static final int FREE = 0;
  private static final int FORCED = 3;

  private static TrainedJudge judge;

  @BeforeAll
  static void open() {
    judge = TrainedOracle.judge();
  }

  private static TrainedOutcome outcome(int index, ModelGraph.Builder builder) {
    return TrainedOracle.outcome(
        judge,
        Model.RESNET,
        index,
        new TensorFlowSubject(Semantics.PYTORCH),
        new TensorFlowTrainer(Semantics.PYTORCH, Map.of(Model.RESNET, builder)));
  }

  @ParameterizedTest
  @ValueSource(ints = {FREE, FORCED})
  void nothingIsWrongWithoutADefect(int index) {
    TrainedOutcome sound =
        outcome(index, new ImageNetwork(ImageNetworks.RESNET, ImageNetworks.RESNET));
    assertThat(sound.verdict()).isInstanceOf(Verdict.Agrees.class);
  }

  @ParameterizedTest
  @EnumSource
  void aDefectIsTheModels(Defect defect) {
    isBlamedOn(Blame.LOSS, outcome(FORCED, with(defect)));
  }

  private enum Defect {
    /** The convolution of a shortcut is not normalized. */
    SHORTCUT,
    /** The maximum pooling pads as TensorFlow does by itself: at one side only. */
    POOLING,
    /** There is no ReLU after the addition. */
    RELU,
    /** The four highest scores are left out, not five. */
    FEWER_PLACES,
    /** The six highest scores are left out, not five. */
    MORE_PLACES,
    /** The label counts where it is below the highest scores. */
    LABEL,
    /** The label never takes a place among the highest scores. */
    PLACE_OF_LABEL,
    /** The temperature is 2. */
    TEMPERATURE
  }

  private static ImageNetwork with(Defect defect) {
    return new ImageNetwork(ImageNetworks.RESNET, ImageNetworks.RESNET) {
      @Override
      <T extends TFloating> Layers<Operand<T>> layers(
          Ops tf, GraphLayers<T> sound, Map<String, Operand<T>> arrays) {
        return new DefectiveLayers<>(tf, sound, defect);
      }

      @Override
      <T extends TFloating> Operand<T> loss(
          Ops tf, Loss loss, Operand<T> scores, Operand<T> classes) {
        return switch (defect) {
          case FEWER_PLACES -> GraphLoss.of(tf, new Loss.Truncated(4), scores, classes);
          case MORE_PLACES -> GraphLoss.of(tf, new Loss.Truncated(6), scores, classes);
          case TEMPERATURE ->
              GraphLoss.of(tf, loss, tf.math.mul(scores, number(tf, 0.5, scores)), classes);
          case LABEL, PLACE_OF_LABEL -> defective(tf, scores, classes, defect);
          default -> super.loss(tf, loss, scores, classes);
        };
      }
    };
  }

  private static <T extends TFloating> Operand<T> number(Ops tf, double value, Operand<T> like) {
    return tf.dtypes.cast(tf.constant(value), like.type());
  }

  private static <T extends TFloating> Operand<T> defective(
      Ops tf, Operand<T> scores, Operand<T> classes, Defect defect) {
    Operand<T> one = number(tf, 1, scores);
    Operand<T> zero = number(tf, 0, scores);
    // Far below all others, the label takes no place.
    Operand<T> ranked =
        defect == Defect.PLACE_OF_LABEL
            ? tf.math.sub(scores, tf.math.mul(classes, number(tf, 1e6, scores)))
            : scores;
    Operand<TInt32> highest = tf.nn.topK(ranked, tf.constant(5), TInt32.class).indices();
    Operand<T> left = tf.reduceSum(tf.oneHot(highest, tf.constant(10), one, zero), tf.constant(1));
    Operand<T> counted = tf.math.sub(one, left);
    if (defect != Defect.LABEL) {
      counted = tf.math.mul(counted, tf.math.sub(one, classes));
    }
    Operand<T> own =
        tf.reduceSum(tf.math.mul(scores, classes), tf.constant(1), ReduceSum.keepDims(true));
    Operand<T> terms = tf.math.mul(tf.math.exp(tf.math.sub(scores, own)), tf.stopGradient(counted));
    return tf.math.mean(tf.math.log1p(tf.reduceSum(terms, tf.constant(1))), tf.constant(0));
  }

  /** Sound layers but for one defect. */
  private static final class DefectiveLayers<T extends TFloating>
      extends ForwardingLayers<Operand<T>> {
    private final Ops tf;
    private final Defect defect;
    private final Set<Operand<T>> sums = new HashSet<>();

    DefectiveLayers(Ops tf, Layers<Operand<T>> sound, Defect defect) {
      super(sound);
      this.tf = tf;
      this.defect = defect;
    }

    @Override
    public Operand<T> normalization(String name, Operand<T> input) {
      Operand<T> normalized = super.normalization(name, input);
      if (defect != Defect.SHORTCUT || !name.endsWith("downsample.1")) {
        return normalized;
      }
      // Its parameters must have a gradient, which is 0.
      return tf.math.add(input, tf.math.mul(normalized, number(tf, 0, input)));
    }

    @Override
    public Operand<T> halvedByMaximum(Operand<T> input) {
      if (defect != Defect.POOLING) {
        return super.halvedByMaximum(input);
      }
      Operand<TInt32> square = tf.constant(new int[] {1, 3, 3, 1});
      return tf.nn.maxPool(input, square, tf.constant(new int[] {1, 2, 2, 1}), "SAME");
    }

    @Override
    public Operand<T> sum(Operand<T> first, Operand<T> second) {
      Operand<T> sum = super.sum(first, second);
      sums.add(sum);
      return sum;
    }

    @Override
    public Operand<T> relu(Operand<T> input) {
      return defect == Defect.RELU && sums.contains(input) ? input : super.relu(input);
    }
  }
}
