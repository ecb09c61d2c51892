package dev.alig.conformance.subjects;

import dev.alig.conformance.model.TrainingCase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A model in a graph of TensorFlow-Java. */
@FunctionalInterface
interface ModelGraph<T extends TFloating> {
  /** The loss for features and one-hot classes. */
  Operand<T> loss(List<? extends Operand<T>> features, Operand<T> classes);

  /** The scores for features in evaluation; empty if the model is not evaluated. */
  default Optional<Operand<T>> scores(List<? extends Operand<T>> features) {
    return Optional.empty();
  }

  /** What moves the running statistics towards those of a batch; after {@link #loss}. */
  default List<Op> updates() {
    return List.of();
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
     * @param weights the variables of parameters and statistics, by torch's names
     */
    <T extends TFloating> ModelGraph<T> of(
        Ops tf, Class<T> type, TrainingCase trained, Map<String, ? extends Operand<T>> weights);
  }
}
