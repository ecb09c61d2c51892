package dev.alig.conformance.subjects;

import dev.alig.conformance.model.TrainingCase;
import dev.alig.experiments.networks.GraphLayers;
import dev.alig.experiments.networks.GraphLoss;
import dev.alig.experiments.networks.Layers;
import dev.alig.experiments.networks.Loss;
import dev.alig.experiments.networks.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Builds a small {@link Network} of the experiments, from their layers of TensorFlow. */
class ImageNetwork implements ModelGraph.Builder {
  private final Network network;
  private final Network evaluated;

  /**
   * Builds {@code network} to train it, and a network with the same arrays to evaluate it.
   *
   * @param evaluated the network or the same with dropout, which evaluation must leave out
   */
  ImageNetwork(Network network, Network evaluated) {
    this.network = network;
    this.evaluated = evaluated;
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

  /** The loss of the scores; tests put a defective one in its place. */
  <T extends TFloating> Operand<T> loss(Ops tf, Loss loss, Operand<T> scores, Operand<T> classes) {
    return GraphLoss.of(tf, loss, scores, classes);
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
      Map<String, Operand<T>> arrays = arrays();
      GraphLayers<T> layers = layers(arrays, true);
      Operand<T> scores =
          builder.network.scores(builder.layers(tf, layers, arrays), images(features.get(0)));
      updates.addAll(layers.updates());
      return builder.loss(tf, ImageNetworks.loss(trained), scores, classes);
    }

    @Override
    public Optional<Operand<T>> scores(List<? extends Operand<T>> features) {
      Map<String, Operand<T>> arrays = arrays();
      Layers<Operand<T>> layers = builder.layers(tf, layers(arrays, false), arrays);
      return Optional.of(builder.evaluated.scores(layers, images(features.get(0))));
    }

    private GraphLayers<T> layers(Map<String, Operand<T>> arrays, boolean training) {
      return new GraphLayers<>(tf, type, arrays, training, tf.constant(batch()), tf.constant(0L));
    }

    private int batch() {
      return trained.problem().order().get(0).size();
    }

    /** Parameters in TensorFlow's shapes, and statistics. */
    private Map<String, Operand<T>> arrays() {
      Map<String, Operand<T>> arrays = new HashMap<>(weights);
      trained
          .problem()
          .parameters()
          .forEach(
              named -> {
                int[] axes = axes(named.value().shape().size());
                arrays.computeIfPresent(named.name(), (name, w) -> permuted(w, axes));
              });
      return arrays;
    }

    /** Without the graph optimizer, as in the experiments. */
    @Override
    public Session session(Graph graph) {
      return Sessions.quick(graph);
    }

    /** The images with their channels last, and of a known shape. */
    private Operand<T> images(Operand<T> given) {
      int[] shape = trained.problem().features().get(0).shape().stream().mapToInt(i -> i).toArray();
      shape[0] = batch();
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
