package dev.alig.tensorflow;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.op.Ops;

/** Computes TensorFlow's gradients for one optimizer, and remembers which losses were verified. */
final class GradientSource {
  private final Plan plan;
  private final Copies copies = new Copies();
  private final Set<String> verified = new HashSet<>();
  private List<Condition> conditions = List.of();

  GradientSource(Plan plan) {
    this.plan = plan;
  }

  /** The requested gradients of a loss. */
  List<GradAndVar<?>> of(Operand<?> loss, Function<Gradients, List<GradAndVar<?>>> ask) {
    boolean measured = verified.contains(loss.asOutput().name());
    Gradients gradients = new Gradients(plan, loss, measured);
    List<GradAndVar<?>> found = copies.trust(ask.apply(gradients));
    conditions = gradients.conditions();
    return found;
  }

  /** The conditions under which the computed gradients are right. */
  List<Condition> conditions() {
    return conditions;
  }

  /** The groups, with copies of gradients that may share memory with a variable of the step. */
  List<BoundGroup> copied(Ops tf, List<BoundGroup> groups) {
    return copies.of(tf, groups);
  }

  /** Measures the gradient of a loss, and remembers the loss if it is right. */
  SlopeCheck verifySlope(
      Session session, Operand<?> loss, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    Gradients gradients = new Gradients(plan, loss, true);
    gradients.ofAll();
    SlopeCheck check = SlopeMeter.measure(session, loss.asOutput(), gradients.atReads(), feeds);
    if (check.isRight()) {
      verified.add(loss.asOutput().name());
    }
    return check;
  }
}
