package dev.alig.conformance.judge;

import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.Trace;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a subject did with a case, and the verdict on it.
 *
 * @param trace what it did; empty if it was not run, or failed
 * @param verdict how that compares with the oracle
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Judgement(Optional<Trace> trace, Verdict verdict) {
  /** A verdict without a trace. */
  public static Judgement of(Verdict verdict) {
    return new Judgement(Optional.empty(), verdict);
  }
}
