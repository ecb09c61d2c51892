package dev.alig.conformance.trained;

import dev.alig.conformance.Verdict;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What became of a trained case.
 *
 * @param verdict the verdict; the facts of a difference name the blame
 * @param blame what is wrong; empty where nothing is
 * @param summary the numbers for the report
 * @param curve both curves, as far as they were compared
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record TrainedOutcome(
    Verdict verdict, Optional<Blame> blame, TrainedSummary summary, List<CurvePoint> curve) {
  /** Copies the list. */
  public TrainedOutcome {
    curve = List.copyOf(curve);
  }
}
