package dev.alig.experiments;

import java.util.Map;

/**
 * One setting of the authors: an entry of {@code rows} in an experiment's YAML file.
 *
 * <p>A row is a record whose components are the keys of an entry. Every component must have a
 * value, in the entry or in the file's {@code defaults}; a key without a component is refused. The
 * record checks its values in its compact constructor.
 */
public interface Row {
  /** The optimizer, as {@code --optimizer} spells it, such as {@code alig}. */
  String optimizer();

  /** The hyperparameter to tune: ALI-G's cap, which may be infinite, or the learning rate. */
  double rate();

  /** What distinguishes this row from the others, in a few words, such as {@code cifar10 wrn}. */
  String title();

  /** The source of the authors' setting. */
  String source();

  /** The authors' published results for this row, by metric; empty if none were read. */
  Map<String, Double> published();
}
