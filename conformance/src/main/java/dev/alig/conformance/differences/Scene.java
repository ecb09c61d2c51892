package dev.alig.conformance.differences;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.differences.Finding.NotAsked;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The parties that take part in a run.
 *
 * @param subject the Java optimizer under the gate
 * @param torch the optimizer {@code alig.th}, if that is the oracle
 * @param probes questions beyond cases, if there is Python
 * @param recorded the traces that the kit ships
 * @param replaysOnly whether the user chose traces, so that nothing but those is asked
 */
public record Scene(
    Implementation subject,
    Optional<Implementation> torch,
    Optional<Probes> probes,
    List<Recorded> recorded,
    boolean replaysOnly) {
  /** The subjects that the register speaks of; it knows nothing of other people's optimizers. */
  private static final Set<String> OURS = Set.of("nd4j");

  private static final Finding NO_TORCH =
      new NotAsked("PyTorch has no part in this run: the oracle is another");

  /** Asks PyTorch. */
  Finding withTorch(Function<Implementation, Finding> question) {
    return torch.map(question).orElse(NO_TORCH);
  }

  /** Asks PyTorch and the Java optimizer. */
  Finding withTorchAndJava(BiFunction<Implementation, Implementation, Finding> question) {
    return withTorch(th -> withJava(java -> question.apply(th, java)));
  }

  /** Asks PyTorch and the optimizer for TensorFlow-Java. */
  Finding withTorchAndTensorFlow(BiFunction<Implementation, Implementation, Finding> question) {
    if (!subject.name().equals("tensorflow")) {
      return new NotAsked("it is about the optimizer tensorflow, not " + subject.name());
    }
    return withTorch(th -> question.apply(th, subject));
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

  /** The subject, if the register speaks of it. */
  Optional<Implementation> java() {
    return Optional.of(subject).filter(s -> OURS.contains(s.name()));
  }

  /** Asks Python beyond cases. */
  Finding withProbes(Function<Probes, Finding> question) {
    return probes.map(question).orElse(NO_TORCH);
  }
}
