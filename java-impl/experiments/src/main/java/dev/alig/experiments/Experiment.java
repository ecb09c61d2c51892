package dev.alig.experiments;

import java.util.List;

/**
 * An experiment of the paper.
 *
 * <p>Its rows are in the resource {@code NAME.yaml} beside its class.
 *
 * @param <R> its kind of row
 */
public interface Experiment<R extends Row> {
  /** The name on the command line, such as {@code dnc}. */
  String name();

  /** One line that names the model and its data. */
  String description();

  /** The type of its rows. */
  Class<R> rowType();

  /** The frameworks that can train it, the default first. */
  List<Backend> backends();

  /**
   * Reads the data, checks their counts, and builds the model as it is before the first step.
   *
   * <p>All randomness follows from the options' seed, so the same call gives the same training.
   *
   * @throws InputException if data are missing or damaged; nothing has been trained then
   */
  Training prepare(R row, Options options) throws InputException;
}
