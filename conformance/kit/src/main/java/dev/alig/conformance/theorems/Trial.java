package dev.alig.conformance.theorems;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.StepCase;
import java.util.Optional;
import org.apiguardian.api.API;

/** One attempt to violate a theorem. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface Trial {
  /**
   * What a trial found.
   *
   * @param verdict whether the theorem holds for subject and oracle
   * @param scripted the step that violates it; the first step if none does
   */
  record Result(Verdict verdict, StepCase scripted) {}

  /**
   * Tries subject and oracle. The verdict names the one that violates the theorem.
   *
   * @param oracle empty if there is none
   */
  Result judge(Implementation subject, Optional<Implementation> oracle);
}
