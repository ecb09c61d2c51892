package dev.alig.conformance.properties;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.Reducer;
import dev.alig.conformance.judge.Judgement;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.run.ConformanceRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;

/** Properties of a subject, and the ways to compare it. */
interface SubjectProperties {
  /** The optimizer under test; called once per case, so it should return one object. */
  Implementation subject();

  /** The run that this property belongs to. */
  default ConformanceRun conformanceRun() {
    return PropertyStatistics.current().run();
  }

  /** What the subject is compared with; the oracle that the run's settings name by default. */
  default Optional<Implementation> oracle() {
    return conformanceRun().oracle();
  }

  /** The oracle, if there is one, and the subject. */
  default List<Implementation> parties() {
    return Stream.concat(oracle().stream(), Stream.of(subject())).toList();
  }

  /** Fails unless subject and oracle agree on the case. */
  default void agree(StepCase scripted) {
    agreeing(scripted);
  }

  /** Fails if subject or oracle does something that its caller could notice, beside its steps. */
  default void doesNothingElse(StepCase scripted) {
    Verdict verdict = sideEffects(scripted);
    StepCase smallest = scripted;
    if (verdict instanceof Verdict.Differs) {
      smallest = Reducer.reduce(scripted, other -> sideEffects(other) instanceof Verdict.Differs);
      verdict = sideEffects(smallest);
    }
    PropertyStatistics.current().countIrreducible(verdict, smallest);
  }

  private Verdict sideEffects(StepCase scripted) {
    return conformanceRun().sideEffects(scripted, subject(), oracle());
  }

  /**
   * Fails unless subject and oracle agree on the case.
   *
   * @return what the subject did; empty if subject or oracle cannot run the case
   */
  default Optional<Trace> agreeing(StepCase scripted) {
    Judgement judgement = conformanceRun().judge(scripted, subject(), oracle());
    PropertyStatistics.current().count(judgement.verdict(), scripted);
    judgement.trace().ifPresent(trace -> PropertyStatistics.current().ran(scripted, trace));
    return judgement.trace();
  }

  /** Seeds, from which a property draws by itself. */
  @Provide
  default Arbitrary<Long> randomSeeds() {
    return Arbitraries.randomValue(random -> random.nextLong());
  }
}
