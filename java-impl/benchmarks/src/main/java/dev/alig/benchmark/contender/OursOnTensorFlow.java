package dev.alig.benchmark.contender;

import dev.alig.tensorflow.AliG;
import dev.alig.tensorflow.AliGBuilder;
import java.util.List;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.op.Op;
import org.tensorflow.types.family.TNumber;

/** Our optimizer in a TensorFlow graph, one run a step. */
final class OursOnTensorFlow<T extends TNumber> implements Stepper {
  private final TensorFlowModel<T> model;
  private final List<Op> train;

  OursOnTensorFlow(Setting setting, Class<T> type) {
    model = new TensorFlowModel<>(type, setting.n());
    AliGBuilder builder = AliG.builder(model.graph()).momentum(setting.momentum().factor());
    setting.momentum().form().ifPresent(builder::momentumForm);
    if (setting.ball()) {
      builder.l2Ball(setting.radius());
    }
    AliG optimizer = builder.build();
    var pair = new GradAndVar<>(model.gradient().asOutput(), model.variable().asOutput());
    train = List.of(optimizer.applyGradients(model.loss(), List.of(pair), "train"));
    model.fill(setting);
    if (setting.ball()) {
      model.run(List.of(optimizer.projection()));
    }
  }

  @Override
  public void step() {
    model.run(train);
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
