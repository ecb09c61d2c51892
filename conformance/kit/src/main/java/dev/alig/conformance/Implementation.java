package dev.alig.conformance;

import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.model.Provenance;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.Trainer;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * An optimizer that runs a case and returns what it did.
 *
 * <p>This is the one interface that you implement. Subject and oracle are roles of it, so any two
 * implementations can be compared.
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface Implementation {
  /** The name in reports, such as {@code nd4j}. */
  String name();

  /** A class of the optimizer's own code, if this class is only an adapter. */
  default Class<?> code() {
    return getClass();
  }

  /** One class of each jar that the implementation consists of, for the report. */
  default List<Class<?>> parts() {
    return List.of(code());
  }

  /** The version of the implementation; by default, that of the jar of its code. */
  default String version() {
    return Artifact.of(code()).version();
  }

  /** A digest of the code that runs, for the report. */
  default String digest() {
    return Artifact.of(code()).digest();
  }

  /**
   * Constructs the optimizer, takes every step of the case, and returns the state after each.
   *
   * @throws RuntimeException if the implementation fails; the case then counts as broken
   */
  Trace run(StepCase scripted);

  /** Runs several cases; override it if a batch is cheaper than single calls. */
  default List<Trace> runAll(List<StepCase> cases) {
    return cases.stream().map(this::run).toList();
  }

  /**
   * Runs a case with given step sizes in place of those that follow from its losses.
   *
   * @param stepSizes for each step, one step size per group
   * @return empty if the implementation cannot be given step sizes
   */
  default Optional<Trace> runGiven(StepCase scripted, List<List<Double>> stepSizes) {
    return Optional.empty();
  }

  /**
   * The operations of a step, from which its bounds follow.
   *
   * @return by default {@link AliG#TORCH}, whose steps must have the oracle's bits, given the step
   *     sizes
   */
  default Algorithm algorithm() {
    return AliG.TORCH;
  }

  /** How much of a recorded trace this implementation must repeat to the bit. */
  default SameBits sameBits(Provenance recorded) {
    return SameBits.UPDATES;
  }

  /** Trains models with this optimizer; empty if nothing does. */
  default Optional<Trainer> trainer() {
    return Optional.empty();
  }

  /** The other optimizers that are judged with this one; none by default. */
  default List<Baseline> baselines() {
    return List.of();
  }

  /** The kernels and numbers of threads that it may run on; none if there is no choice. */
  default Variants variants() {
    return Variants.NONE;
  }

  /** Why this implementation cannot run a case; empty if it can. */
  default Optional<String> inapplicable(StepCase scripted) {
    return Optional.empty();
  }
}
