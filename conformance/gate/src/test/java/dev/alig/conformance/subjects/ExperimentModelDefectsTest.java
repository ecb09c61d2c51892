package dev.alig.conformance.subjects;

import static dev.alig.conformance.subjects.TrainedOracle.isBlamedOn;

import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.torch.TrainedJudge;
import dev.alig.conformance.trained.Blame;
import dev.alig.conformance.trained.TrainedOutcome;
import dev.alig.experiments.networks.GraphLayers;
import dev.alig.experiments.networks.Layers;
import dev.alig.experiments.networks.Network;
import dev.alig.tensorflow.Semantics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Mistakes in the models of the experiments are caught, and blamed on the right part. */
class ExperimentModelDefectsTest {
  private static final TensorFlowSubject SUBJECT = new TensorFlowSubject(Semantics.PYTORCH);
  private static final int FREE = 0;
  private static final int FORCED = 3;

  private static TrainedJudge judge;

  @BeforeAll
  static void open() {
    judge = TrainedOracle.judge();
  }

  /** Trains a defective model. */
  private static TrainedOutcome outcome(Model model, int index, ModelGraph.Builder defective) {
    TensorFlowTrainer trainer = new TensorFlowTrainer(Semantics.PYTORCH, Map.of(model, defective));
    return TrainedOracle.outcome(judge, model, index, SUBJECT, trainer);
  }

  @Test
  void aSwappedGateIsTheModels() {
    isBlamedOn(Blame.LOSS, outcome(Model.DNC, FREE, new SwappedGates()));
    isBlamedOn(Blame.LOSS, outcome(Model.DNC, FORCED, new SwappedGates()));
  }

  @Test
  void aStepThatIsNotMaskedIsTheModels() {
    isBlamedOn(Blame.LOSS, outcome(Model.DNC, FORCED, new UnmaskedStep()));
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
    isBlamedOn(Blame.LOSS, outcome(Model.WRN, FORCED, with(ImageNetworks.WRN, Defect.PADDING)));
  }

  @Test
  void aBiasedVarianceIsTheStatistics() {
    isBlamedOn(
        Blame.STATISTICS, outcome(Model.WRN, FORCED, with(ImageNetworks.WRN, Defect.VARIANCE)));
  }

  @Test
  void aSkippedTransitionIsTheModels() {
    isBlamedOn(
        Blame.LOSS,
        outcome(Model.DENSENET, FORCED, with(ImageNetworks.DENSENET, Defect.TRANSITION)));
  }

  @ParameterizedTest
  @ValueSource(ints = {FREE, FORCED})
  void dropoutAtEvaluationIsTheEvaluations(int index) {
    isBlamedOn(
        Blame.EVALUATION, outcome(Model.WRN, index, with(ImageNetworks.WRN, Defect.DROPOUT)));
  }

  private enum Defect {
    /** Images are padded as TensorFlow does by itself: at one side only where a stride is 2. */
    PADDING,
    /** The running variance is that of biased variances. */
    VARIANCE,
    /** A transition takes one pixel of each square, not their mean. */
    TRANSITION,
    /** Dropout is active in evaluation too. */
    DROPOUT
  }

  private static ImageNetwork with(Network network, Defect defect) {
    Network evaluated = network == ImageNetworks.WRN ? ImageNetworks.WRN_WITH_DROPOUT : network;
    return new ImageNetwork(network, evaluated) {
      @Override
      <T extends TFloating> Layers<Operand<T>> layers(
          Ops tf, GraphLayers<T> sound, Map<String, Operand<T>> arrays) {
        return new DefectiveLayers<>(tf, sound, arrays, defect);
      }
    };
  }

  /** Sound layers but for one defect. */
  private static final class DefectiveLayers<T extends TFloating>
      extends ForwardingLayers<Operand<T>> {
    private final Ops tf;
    private final GraphLayers<T> sound;
    private final Map<String, Operand<T>> arrays;
    private final Defect defect;

    DefectiveLayers(Ops tf, GraphLayers<T> sound, Map<String, Operand<T>> arrays, Defect defect) {
      super(sound);
      this.tf = tf;
      this.sound = sound;
      this.arrays = arrays;
      this.defect = defect;
    }

    @Override
    public Operand<T> convolution(
        String name, Operand<T> input, int outputs, int kernel, int stride) {
      if (defect != Defect.PADDING) {
        return sound.convolution(name, input, outputs, kernel, stride);
      }
      List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
      return tf.nn.conv2d(input, array(name + ".weight"), strides, "SAME");
    }

    @Override
    public Operand<T> normalization(String name, Operand<T> input) {
      Operand<T> output = sound.normalization(name, input);
      // Evaluation moves no statistics.
      if (defect == Defect.VARIANCE && !sound.updates().isEmpty()) {
        var axes = tf.constant(new int[] {0, 1, 2});
        Operand<T> mean = tf.math.mean(input, axes);
        Operand<T> variance = tf.math.mean(tf.math.squaredDifference(input, mean), axes);
        Operand<T> share = tf.dtypes.cast(tf.constant(0.1), input.type());
        Operand<T> kept = tf.dtypes.cast(tf.constant(0.9), input.type());
        Operand<T> running = array(name + ".running_var");
        Operand<T> moved = tf.math.add(tf.math.mul(running, kept), tf.math.mul(variance, share));
        // The last update is that of the variance.
        sound.updates().set(sound.updates().size() - 1, tf.assign(running, moved));
      }
      return output;
    }

    private Operand<T> array(String name) {
      return Objects.requireNonNull(arrays.get(name), name);
    }

    @Override
    public Operand<T> halvedByMean(Operand<T> input) {
      if (defect != Defect.TRANSITION) {
        return sound.halvedByMean(input);
      }
      List<Long> one = List.of(1L, 1L, 1L, 1L);
      return tf.nn.avgPool(input, one, List.of(1L, 2L, 2L, 1L), "VALID");
    }

    @Override
    public Operand<T> dropout(Operand<T> input, double rate) {
      if (defect != Defect.DROPOUT) {
        return sound.dropout(input, rate);
      }
      var training =
          new GraphLayers<>(tf, input.type(), arrays, true, tf.constant(16), tf.constant(7L));
      return training.dropout(input, rate);
    }
  }
}
