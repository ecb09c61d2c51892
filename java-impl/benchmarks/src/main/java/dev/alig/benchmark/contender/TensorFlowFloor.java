package dev.alig.benchmark.contender;

import java.util.List;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.train.ApplyMomentum;
import org.tensorflow.types.family.TNumber;

/**
 * The least that a step of ALI-G in TensorFlow can be: its own momentum kernel with a step size
 * that is known, and one kernel that reads the gradient for the norm, in one run.
 */
final class TensorFlowFloor<T extends TNumber> implements Stepper {
  private final TensorFlowModel<T> model;
  private final List<Op> targets;

  TensorFlowFloor(Setting setting, Class<T> type) {
    model = new TensorFlowModel<>(type, setting.n());
    Ops tf = model.tf();
    Variable<T> momentum = tf.withName("momentum").variable(model.variable().shape(), type);
    Op zeroed = tf.assign(momentum, tf.zerosLike(model.variable()));
    var stepSize = tf.dtypes.cast(tf.constant(learningRate()), type);
    Op update =
        setting.momentum() == Momentum.NONE
            ? tf.train.applyGradientDescent(model.variable(), stepSize, model.gradient())
            : tf.train.applyMomentum(
                model.variable(),
                momentum,
                stepSize,
                model.gradient(),
                tf.dtypes.cast(tf.constant(setting.momentum().factor()), type),
                ApplyMomentum.useNesterov(true));
    targets = List.of(update, tf.nn.l2Loss(model.gradient()));
    model.fill(setting);
    model.run(List.of(zeroed));
  }

  /** About the γ that the loss of a setting gives. */
  static double learningRate() {
    return 1e-3;
  }

  @Override
  public void step() {
    model.run(targets);
  }

  @Override
  public double[] parameters() {
    return model.values();
  }

  @Override
  public void close() {
    model.close();
  }
}
