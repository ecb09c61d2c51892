package dev.alig.experiments;

import java.util.Map;
import java.util.Optional;

/**
 * A model, its optimizer and its data during a run.
 *
 * <p>All randomness in a step, such as the order of an epoch, crops or dropout, follows from the
 * seed and the step's index. So {@link #save} keeps only parameters, the optimizer's state and
 * running statistics. A step is the same whether or not the run was resumed.
 */
public interface Training extends AutoCloseable {
  /**
   * The counts of what was read and built: examples of each part, parameters of the model and
   * others.
   */
  Map<String, Long> counts();

  /** The number of steps per epoch. */
  int stepsPerEpoch();

  /** The number of epochs in the run. */
  int epochs();

  /**
   * Trains on one batch.
   *
   * @param index the number of steps before this one, including those of earlier epochs
   */
  Step step(long index);

  /**
   * Evaluates the model without changing it.
   *
   * @return the metrics; empty if the experiment has no such part of the data
   */
  Optional<Metrics> evaluate(Part part);

  /** A copy of all that the next steps depend on. */
  Snapshot save();

  /**
   * Restores a saved state.
   *
   * @throws IllegalArgumentException if the state is that of another model or optimizer
   */
  void restore(Snapshot snapshot);

  @Override
  void close();
}
