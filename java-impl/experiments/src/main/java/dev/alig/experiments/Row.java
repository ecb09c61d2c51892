package dev.alig.experiments;

import java.util.Map;

/**
 * One setting of the authors: an entry of {@code rows} in an experiment's YAML file.
 *
 * <p>A row is a record whose components are the keys of an entry. Every component must have a
 * value, in the entry or in the file's {@code defaults}; a key that is no component is refused. The
 * record checks its values in its compact constructor.
 */
public interface Row {
  /** The optimizer, as {@code --optimizer} spells it, such as {@code alig}. */
  String optimizer();

  /** The optimizer's number to tune: ALI-G's cap, which may be infinite, or the learning rate. */
  double rate();

  /** What sets this row apart from the others, in a few words, such as {@code cifar10 wrn}. */
  String title();

  /** Where the authors' setting was read. */
  String source();

  /** What the authors published for this row, by metric; empty where nothing was read. */
  Map<String, Double> published();
}
