package dev.alig.nd4j.dl4j;

import dev.alig.StepReport;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.StepEvent;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The step of a whole network, taken when DL4J has computed all gradients and changed no parameter.
 *
 * <p>At that time DL4J has divided both gradients and score by the minibatch size.
 */
final class GlobalStep implements AliGGradientUpdater.Turn {
  private final Network network;
  private final AliG optimizer;
  private final List<ParameterGroup> groups;
  private final List<INDArray> gradients;
  private final Consumer<StepEvent> taken;
  private @Nullable Gradient used;

  /**
   * A step.
   *
   * @param gradients one per parameter of the optimizer
   * @param taken is called after each step
   */
  GlobalStep(
      Network network,
      AliG optimizer,
      List<ParameterGroup> groups,
      List<INDArray> gradients,
      Consumer<StepEvent> taken) {
    this.network = network;
    this.optimizer = optimizer;
    this.groups = groups;
    this.gradients = gradients;
    this.taken = taken;
    used = network.model().gradient();
  }

  @Override
  public void take(int iteration, int epoch) {
    requireFresh(network.model().gradient());
    Refusals.requireNoAccumulator(network);
    Refusals.requireEqualExamples(network);
    take(network.model().score(), iteration, epoch);
  }

  /** Takes the step on this loss, and on what the gradient arrays hold. */
  StepReport take(double loss, int iteration, int epoch) {
    for (int i = 0; i < groups.size(); i++) {
      optimizer.setGroup(i, groups.get(i).updater().groupSettings(iteration, epoch));
    }
    StepReport report = optimizer.step(loss, gradients);
    used = network.model().gradient();
    taken.accept(new StepEvent(iteration, epoch, report));
    return report;
  }

  /**
   * DL4J creates a new gradient object when it computes a score. If the object is the old one, the
   * score belongs to an earlier step.
   */
  private void requireFresh(@Nullable Gradient gradient) {
    if (gradient == null || gradient == used) {
      throw new IllegalStateException(
          "no loss was computed for this step, and ALI-G needs the loss whose gradients these are;"
              + " train with fit(), or call computeGradientAndScore() before the updater");
    }
  }
}
