package dev.alig.conformance.properties;

import dev.alig.conformance.Difference;
import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.oracle.OracleException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a property throws when it fails. */
@SuppressWarnings("serial") // jqwik keeps it in this process
abstract sealed class PropertyFailure extends AssertionError {
  private PropertyFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Subject and oracle differ on a case. */
  static final class CaseDiffers extends PropertyFailure {
    final transient Difference difference;
    final transient StepCase scripted;

    /** Whether a smaller case may show the same; not so for a claim about a whole problem. */
    final boolean reducible;

    /** The kernels of which one differs; empty if the subject as such does. */
    final transient Optional<EveryKernel> kernels;

    CaseDiffers(
        Difference difference,
        StepCase scripted,
        boolean reducible,
        Optional<EveryKernel> kernels) {
      super(difference.toString(), null);
      this.difference = difference;
      this.scripted = scripted;
      this.reducible = reducible;
      this.kernels = kernels;
    }
  }

  /** Subject and oracle train differently. */
  static final class TrainingDiffers extends PropertyFailure {
    final transient Difference difference;

    TrainingDiffers(Difference difference) {
      super(difference.toString(), null);
      this.difference = difference;
    }
  }

  /** Known differences no longer hold; the message has the facts of each. */
  static final class StaleDifferences extends PropertyFailure {
    StaleDifferences(List<AskedDifference> stale) {
      super(
          stale.stream()
              .map(AskedDifference::facts)
              .collect(Collectors.joining(System.lineSeparator().repeat(2))),
          null);
    }
  }

  /** The subject or the oracle failed to run a case, so nothing is known about it. */
  static final class CaseBroke extends PropertyFailure {
    final transient StepCase scripted;

    CaseBroke(String stage, Throwable cause, StepCase scripted) {
      super(stage + ": " + words(cause), cause);
      this.scripted = scripted;
    }

    /** An oracle's message is meant for people. Of any other exception the type says more. */
    private static String words(Throwable cause) {
      return cause instanceof OracleException
          ? String.valueOf(cause.getMessage())
          : cause.toString();
    }
  }
}
