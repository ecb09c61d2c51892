package dev.alig.experiments;

import java.util.List;

/**
 * An experiment of the paper.
 *
 * <p>Its rows are in the resource {@code NAME.yaml} of this package.
 *
 * @param <R> its kind of row
 */
public interface Experiment<R extends Row> {
  /** The name at the command line, such as {@code dnc}. */
  String name();

  /** One line that says what is trained on what. */
  String description();

  /** The type of its rows. */
  Class<R> rowType();

  /** The frameworks that it can be trained in, the default first. */
  List<Backend> backends();

  /**
   * Reads the data and checks their counts, then builds the model as it is before the first step.
   *
   * <p>Everything that is random follows from the options' seed, so that the same call gives the
   * same training.
   *
   * @throws InputException if data are missing or damaged; nothing has been trained then
   */
  Training prepare(R row, Options options) throws InputException;
}
