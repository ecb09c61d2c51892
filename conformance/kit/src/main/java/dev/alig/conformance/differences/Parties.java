package dev.alig.conformance.differences;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.differences.Finding.NotAsked;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * The parties that take part in a run.
 *
 * @param subject the Java optimizer under the gate
 * @param torch the optimizer {@code alig.th}, if the oracle is that or is derived from it
 * @param probes questions that no case can ask; empty without Python
 * @param recorded the traces that the kit ships
 * @param replaysOnly whether the run only replays traces that the user chose
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Parties(
    Implementation subject,
    Optional<Implementation> torch,
    Optional<Probes> probes,
    List<Recorded> recorded,
    boolean replaysOnly) {
  /** The subjects that the register is about. */
  private static final Set<String> OURS = Set.of("nd4j");

  private static final Finding NO_TORCH =
      new NotAsked("alig.th has no part in this run: the oracle is another");

  /** The subject, if the register is about it. */
  Optional<Implementation> java() {
    return Optional.of(subject).filter(s -> OURS.contains(s.name()));
  }

  /** Asks the Java optimizer. */
  Finding withJava(Function<Implementation, Finding> question) {
    return java()
        .map(question)
        .orElseGet(
            () ->
                new NotAsked(
                    "it is about the optimizers %s, not %s".formatted(OURS, subject.name())));
  }

  /** A check that asks the recorded traces. */
  static DifferenceCheck ofTraces(Function<List<Recorded>, Finding> question) {
    return parties -> question.apply(parties.recorded);
  }

  /** A check that asks PyTorch. */
  static DifferenceCheck ofTorch(Function<Implementation, Finding> question) {
    return parties -> parties.torch.map(question).orElse(NO_TORCH);
  }

  /** A check that asks PyTorch and the Java optimizer. */
  static DifferenceCheck ofTorchAndJava(
      BiFunction<Implementation, Implementation, Finding> question) {
    return parties ->
        ofTorch(th -> parties.withJava(java -> question.apply(th, java))).ask(parties);
  }

  /** A check that asks PyTorch and the optimizer for TensorFlow-Java. */
  static DifferenceCheck ofTorchAndTensorFlow(
      BiFunction<Implementation, Implementation, Finding> question) {
    return parties ->
        parties.subject.name().equals("tensorflow")
            ? ofTorch(th -> question.apply(th, parties.subject)).ask(parties)
            : new NotAsked("it is about the optimizer tensorflow, not " + parties.subject.name());
  }

  /** A check that probes Python packages, whichever package the oracle is. */
  static DifferenceCheck ofProbes(Function<Probes, Finding> question) {
    return parties -> parties.probes.map(question).orElse(NO_TORCH);
  }

  /** A check that probes {@code alig.th}. */
  static DifferenceCheck ofProbesOfTorch(Function<Probes, Finding> question) {
    return parties -> ofTorch(th -> ofProbes(question).ask(parties)).ask(parties);
  }

  /** A check that probes {@code alig.th} and asks the Java optimizer. */
  static DifferenceCheck ofProbesAndJava(BiFunction<Probes, Implementation, Finding> question) {
    return parties ->
        ofProbesOfTorch(probes -> parties.withJava(java -> question.apply(probes, java)))
            .ask(parties);
  }
}
