package dev.alig.experiments.networks;

import dev.alig.experiments.graph.KernelOptimizer;
import dev.alig.tensorflow.AliG;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * The step of an optimizer in a graph, and the numbers that it reports. Each number is a separate
 * operation, because the outputs that a run fetches must differ.
 *
 * @param gradients the gradients of the loss, one per variable
 * @param train takes the step
 * @param start projects the variables onto the ball before the first step; empty without a ball
 * @param parameterNorm the norm of the variables when it is fetched
 */
record GraphStep(
    List<GradAndVar<?>> gradients,
    Op train,
    Optional<Op> start,
    Operand<TFloat64> stepSize,
    Operand<TFloat64> unclippedStepSize,
    Operand<TFloat64> gradientNorm,
    Operand<TFloat64> parameterNorm) {

  /** Adds a step that minimizes a loss over some variables. */
  static <T extends TNumber> GraphStep of(
      Graph graph, OptimizerSettings settings, Operand<T> loss, List<Variable<T>> variables) {
    Ops tf = Ops.create(graph);
    Operand<TFloat64> parameterNorm = norm(tf, variables);
    if (settings instanceof OptimizerSettings.AliG own) {
      AliG aliG =
          AliG.builder(graph)
              .maxLearningRate(own.maxLearningRate())
              .momentum(own.momentum())
              .l2Ball(own.ball())
              .build();
      List<GradAndVar<?>> gradients = aliG.computeGradients(loss, variables);
      Op train = aliG.applyGradients(loss, gradients, "train");
      return new GraphStep(
          gradients,
          train,
          Double.isFinite(own.ball()) ? Optional.of(aliG.projection()) : Optional.empty(),
          aliG.stepSize(),
          aliG.unclippedStepSize(),
          aliG.gradientNorm(),
          parameterNorm);
    }
    // This ALI-G takes no step, but it refuses gradients that TensorFlow computes wrongly.
    List<GradAndVar<?>> gradients = new AliG(graph).computeGradients(loss, variables);
    List<Operand<T>> arrays = typed(gradients);
    Operand<TFloat64> rate = tf.constant(rate(settings));
    return new GraphStep(
        gradients,
        train(tf, settings, loss.type(), variables, arrays),
        Optional.empty(),
        rate,
        // Two outputs, because a result refuses the same output twice.
        tf.identity(rate),
        norm(tf, arrays),
        parameterNorm);
  }

  private static double rate(OptimizerSettings settings) {
    if (settings instanceof OptimizerSettings.Flat flat) {
      return flat.rate();
    }
    return settings instanceof OptimizerSettings.Sgd sgd
        ? sgd.rate()
        : ((OptimizerSettings.Adam) settings).rate();
  }

  private static <T extends TNumber> Op train(
      Ops tf,
      OptimizerSettings settings,
      Class<T> type,
      List<Variable<T>> variables,
      List<Operand<T>> gradients) {
    if (settings instanceof OptimizerSettings.Flat) {
      // The step is taken outside the graph, see FlatModel.
      return tf.noOp();
    }
    if (settings instanceof OptimizerSettings.Sgd sgd) {
      return new KernelOptimizer<>(tf, type, sgd.rate(), sgd.momentum())
          .step(sgd.momentum() != 0 ? "nesterov" : "sgd", variables, gradients);
    }
    return new KernelOptimizer<>(tf, type, rate(settings), 0).step("adam", variables, gradients);
  }

  /** The gradients have the type of the loss, because all variables have it. */
  @SuppressWarnings("unchecked")
  private static <T extends TNumber> List<Operand<T>> typed(List<GradAndVar<?>> gradients) {
    List<Operand<T>> arrays = new ArrayList<>();
    gradients.forEach(pair -> arrays.add((Operand<T>) pair.getGradient()));
    return arrays;
  }

  private static <T extends TNumber> Operand<TFloat64> norm(
      Ops tf, List<? extends Operand<T>> arrays) {
    List<Operand<TFloat64>> halves = new ArrayList<>();
    for (Operand<T> array : arrays) {
      halves.add(tf.nn.l2Loss(tf.dtypes.cast(array, TFloat64.class)));
    }
    return tf.math.sqrt(tf.math.mul(tf.math.addN(halves), tf.constant(2.0)));
  }
}
