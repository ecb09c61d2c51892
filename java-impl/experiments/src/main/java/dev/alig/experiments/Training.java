package dev.alig.experiments;

import java.util.Map;
import java.util.Optional;

/**
 * A model, its optimizer and its data in the course of a run.
 *
 * <p>What is random in a step, such as the order of an epoch, crops or dropout, follows from the
 * seed and the step's index. So parameters, the optimizer's state and running statistics are all
 * that {@link #save} has to keep, and a step is the same whether the run was resumed or not.
 */
public interface Training extends AutoCloseable {
  /** What was read and built, such as the examples of each part and the parameters of the model. */
  Map<String, Long> counts();

  /** How many steps make an epoch. */
  int stepsPerEpoch();

  /** How many epochs make the run. */
  int epochs();

  /**
   * Trains on one batch.
   *
   * @param index the number of steps before this one, epochs before included
   */
  Step step(long index);

  /**
   * Evaluates the model as it is, without changing it.
   *
   * @return what was measured; empty if the experiment has no such part of the data
   */
  Optional<Metrics> evaluate(Part part);

  /** A copy of all that the next steps depend on. */
  Snapshot save();

  /**
   * Puts a saved state back.
   *
   * @throws IllegalArgumentException if it is that of another model or optimizer
   */
  void restore(Snapshot snapshot);

  @Override
  void close();
}
