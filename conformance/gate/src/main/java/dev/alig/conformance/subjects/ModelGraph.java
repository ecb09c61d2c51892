package dev.alig.conformance.subjects;

import dev.alig.conformance.model.TrainingCase;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** A model in a graph of TensorFlow-Java. */
@FunctionalInterface
interface ModelGraph<T extends TNumber> {
  /** The loss for features and one-hot classes. */
  Operand<T> loss(List<? extends Operand<T>> features, Operand<T> classes);

  /** The mean and the biased variance of the batch, by the names of their running averages. */
  default Map<String, Operand<T>> batchStatistics() {
    return Map.of();
  }

  /** A session to train it in: by default, one like a user's. */
  default Session session(Graph graph) {
    return new Session(graph);
  }

  /** Builds models. */
  @FunctionalInterface
  interface Builder {
    /**
     * Prepares a model.
     *
     * @param weights the variables by torch's names
     */
    <T extends TNumber> ModelGraph<T> of(
        Ops tf, Class<T> type, TrainingCase trained, Map<String, ? extends Operand<T>> weights);
  }
}
