package dev.alig.conformance;

import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import java.util.List;
import java.util.Optional;

/**
 * An optimizer under the gate: it runs a case and tells what it did.
 *
 * <p>This is the one interface a third party implements. Subject and oracle are roles of it, so any
 * two implementations can be compared.
 */
public interface Implementation {
  /** The name in reports, such as {@code nd4j}. */
  String name();

  /** A class of the code that runs; another than this one where this is but an adapter. */
  default Class<?> code() {
    return getClass();
  }

  /** One class of each jar that the implementation consists of; a certificate names them all. */
  default List<Class<?>> parts() {
    return List.of(code());
  }

  /** The version of the implementation; unless overridden, that of the jar of its code. */
  default String version() {
    return Artifact.of(code()).version();
  }

  /** A digest of the code that runs, so that a report says what it is about. */
  default String digest() {
    return Artifact.of(code()).digest();
  }

  /**
   * Constructs the optimizer, takes every step of the case, and reports the state in between.
   *
   * @throws RuntimeException if the implementation fails; the case then counts as broken
   */
  Trace run(Scripted scripted);

  /** Runs several cases; override it where a batch is cheaper than single calls. */
  default List<Trace> runAll(List<Scripted> cases) {
    return cases.stream().map(this::run).toList();
  }

  /**
   * Runs a case with prescribed step sizes in place of those that follow from its losses.
   *
   * @param stepSizes for each step one step size a group
   * @return empty where the implementation has no such entrance
   */
  default Optional<Trace> runGiven(Scripted scripted, List<List<Double>> stepSizes) {
    return Optional.empty();
  }

  /**
   * The operations that a step performs, from which its bounds follow.
   *
   * @return {@link AliG#TORCH} for an implementation that, given the step sizes, is to be met bit
   *     for bit
   */
  default Algorithm algorithm() {
    return AliG.TORCH;
  }

  /** What trains models with this optimizer; empty where nothing does. */
  default Optional<Trainer> trainer() {
    return Optional.empty();
  }

  /** Why this implementation cannot run a case; empty if it can. */
  default Optional<String> inapplicable(Scripted scripted) {
    return Optional.empty();
  }
}
