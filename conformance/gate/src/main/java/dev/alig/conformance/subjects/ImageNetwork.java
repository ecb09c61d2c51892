package dev.alig.conformance.subjects;

import dev.alig.conformance.model.TrainingCase;
import dev.alig.experiments.networks.GraphLayers;
import dev.alig.experiments.networks.Layers;
import dev.alig.experiments.networks.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Builds a small {@link Network} of the experiments, from their layers of TensorFlow. */
class ImageNetwork implements ModelGraph.Builder {
  private final Network network;

  ImageNetwork(Network network) {
    this.network = network;
  }

  /**
   * The layers to build the network from; tests put defective ones in their place.
   *
   * @param arrays the arrays of the layers, by name
   */
  <T extends TFloating> Layers<Operand<T>> layers(
      Ops tf, GraphLayers<T> sound, Map<String, Operand<T>> arrays) {
    return sound;
  }

  @Override
  public <T extends TFloating> ModelGraph<T> of(
      Ops tf, Class<T> type, TrainingCase trained, Map<String, ? extends Operand<T>> weights) {
    return new Built<>(this, tf, type, trained, weights, new ArrayList<>());
  }

  private record Built<T extends TFloating>(
      ImageNetwork builder,
      Ops tf,
      Class<T> type,
      TrainingCase trained,
      Map<String, ? extends Operand<T>> weights,
      List<Op> updates)
      implements ModelGraph<T> {
    @Override
    public Operand<T> loss(List<? extends Operand<T>> features, Operand<T> classes) {
      int batch = trained.problem().order().get(0).size();
      Map<String, Operand<T>> arrays = new HashMap<>(weights);
      trained
          .problem()
          .parameters()
          .forEach(
              named -> {
                int[] axes = axes(named.value().shape().size());
                arrays.computeIfPresent(named.name(), (name, w) -> permuted(w, axes));
              });
      GraphLayers<T> layers =
          new GraphLayers<>(tf, type, arrays, true, tf.constant(batch), tf.constant(0L));
      Operand<T> scores =
          builder.network.scores(
              builder.layers(tf, layers, arrays), images(features.get(0), batch));
      updates.addAll(layers.updates());
      Operand<T> logs = tf.math.mul(classes, tf.nn.logSoftmax(scores));
      Operand<T> each = tf.math.neg(tf.reduceSum(logs, tf.constant(1)));
      return tf.math.mean(each, tf.constant(0));
    }

    /** Without the graph optimizer, as in the experiments. */
    @Override
    public Session session(Graph graph) {
      return Sessions.quick(graph);
    }

    /** The images with their channels last, and of a known shape. */
    private Operand<T> images(Operand<T> given, int batch) {
      int[] shape = trained.problem().features().get(0).shape().stream().mapToInt(i -> i).toArray();
      shape[0] = batch;
      return permuted(tf.reshape(given, tf.constant(shape)), 0, 2, 3, 1);
    }

    private Operand<T> permuted(Operand<T> x, int... axes) {
      return tf.linalg.transpose(x, tf.constant(axes));
    }

    /** torch's axes in TensorFlow's order, which has outputs last. */
    private static int[] axes(int dimensions) {
      return switch (dimensions) {
        case 4 -> new int[] {2, 3, 1, 0};
        case 2 -> new int[] {1, 0};
        default -> new int[] {0};
      };
    }
  }
}
