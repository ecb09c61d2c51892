package dev.alig.conformance.trained;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.model.TrainingCase;
import org.apiguardian.api.API;

/** Draws trained cases and compares a subject's training with an oracle's. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface TrainingJudge {
  /**
   * Draws a case.
   *
   * @param index which one of the model's
   * @param seed what data, order and weights follow from
   */
  TrainingCase draw(TrainingCase.Model model, int index, long seed);

  /** Trains both and compares them. */
  TrainedOutcome compare(TrainingCase trained, Implementation subject, Trainer trainer);
}
