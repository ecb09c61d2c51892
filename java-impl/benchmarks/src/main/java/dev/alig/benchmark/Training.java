package dev.alig.benchmark;

import java.util.function.DoubleSupplier;

/** The training of a network by one optimizer, always on the same batch. */
final class Training extends Stepper.InJvm {
  private final Runnable step;
  private final DoubleSupplier loss;
  private final Runnable close;

  /**
   * A training.
   *
   * @param step takes a step
   * @param loss the loss before the last step, or after it
   * @param close lets go of all memory that the collector does not know of
   */
  Training(Runnable step, DoubleSupplier loss, Runnable close) {
    this.step = step;
    this.loss = loss;
    this.close = close;
  }

  @Override
  void step() {
    step.run();
  }

  double loss() {
    return loss.getAsDouble();
  }

  @Override
  public void close() {
    close.run();
  }
}
