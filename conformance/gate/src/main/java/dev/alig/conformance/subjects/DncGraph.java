package dev.alig.conformance.subjects;

import dev.alig.conformance.model.TrainingCase;
import dev.alig.experiments.dnc.DncModel;
import dev.alig.experiments.dnc.DncSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.family.TFloating;

/**
 * A small differentiable neural computer of the class that the experiments train, {@link DncModel}.
 *
 * @param weights the variables by the names that are the model's and torch's
 */
record DncGraph<T extends TFloating>(
    Ops tf, Class<T> type, TrainingCase trained, Map<String, ? extends Operand<T>> weights)
    implements ModelGraph<T> {
  // These follow from no shape; the others do. They are those of torch's model.
  private static final int SLOTS = 4;
  private static final int WORD = 4;
  private static final int READ_HEADS = 2;

  private static final long CLASSES = 3;

  @Override
  public Operand<T> loss(List<? extends Operand<T>> features, Operand<T> classes) {
    TrainingCase.Problem problem = trained.problem();
    List<Integer> observed = problem.features().get(0).shape();
    int steps = observed.get(1);
    int outputs = problem.classes().shape().get(2);
    int batch = problem.order().get(0).size();
    int hidden = problem.shape("interface.weights").get(0);
    DncSizes sizes = new DncSizes(observed.get(2), outputs, hidden, SLOTS, WORD, READ_HEADS);
    DncModel<T> model = new DncModel<>(tf, type, sizes, batch, weights);
    List<Operand<T>> ofClass = new ArrayList<>();
    tf.unstack(permuted(classes, 1, 0, 2, 3), CLASSES, Unstack.axis(3L)).forEach(ofClass::add);
    // The bits of a time step count all or none, so the first one tells.
    Operand<T> uncounted =
        tf.slice(ofClass.get(2), tf.constant(new int[3]), tf.constant(new int[] {steps, batch, 1}));
    Operand<T> mask = tf.math.sub(tf.onesLike(uncounted), uncounted);
    Operand<T> logits = model.logits(permuted(features.get(0), 1, 0, 2), steps);
    return model.loss(logits, ofClass.get(1), mask);
  }

  /**
   * Without the graph optimizer, as in the experiments; it would take ten times the steps' time.
   */
  @Override
  public Session session(Graph graph) {
    return Sessions.quick(graph);
  }

  private Operand<T> permuted(Operand<T> x, int... axes) {
    return tf.linalg.transpose(x, tf.constant(axes));
  }
}
