package dev.alig.conformance.theorems;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Worst;
import java.util.List;
import java.util.Optional;

/**
 * A theorem on a problem, which subject and oracle each minimize by themselves.
 *
 * @param theorem what is to hold
 * @param problem a problem that meets its hypotheses
 */
record ProblemTrial(Theorem theorem, Problem problem) implements Trial {
  /** What holds for the steps on a problem that meets the theorem's hypothesis. */
  interface Theorem {
    List<Inequality> about(List<Move> moves);
  }

  /** What became of one of the two. */
  private record Outcome(
      String who, long claims, Worst worst, Optional<Difference> violation, StepCase scripted) {}

  @Override
  public Result judge(Implementation subject, Optional<Implementation> oracle) {
    StepCase first = first();
    Optional<String> why = subject.inapplicable(first);
    if (why.isPresent()) {
      return new Result(new Verdict.Inapplicable(why.get()), first);
    }
    Implementation runs = subject;
    try {
      Outcome ofSubject = outcome(subject, "the subject " + subject.name());
      Optional<Outcome> ofOracle = Optional.empty();
      if (oracle.isPresent()) {
        runs = oracle.get();
        ofOracle = Optional.of(outcome(runs, "the oracle " + runs.name()));
      }
      return together(ofSubject, ofOracle);
    } catch (RuntimeException e) {
      return new Result(new Verdict.Broken(runs.name() + " at " + first.id(), e), first);
    }
  }

  private StepCase first() {
    return problem
        .step(0, problem.start())
        .orElseThrow(
            () -> new IllegalStateException(problem + " has no first step: its gradient is 0"));
  }

  private static Result together(Outcome ofSubject, Optional<Outcome> ofOracle) {
    if (ofSubject.violation.isPresent()) {
      return violated(ofSubject, ofOracle);
    }
    if (ofOracle.flatMap(Outcome::violation).isPresent()) {
      return violated(ofOracle.get(), Optional.of(ofSubject));
    }
    long claims = ofSubject.claims + ofOracle.map(Outcome::claims).orElse(0L);
    Worst oracleWorst = ofOracle.map(Outcome::worst).orElse(Worst.NONE);
    return new Result(new Verdict.Agrees(claims, ofSubject.worst, oracleWorst), ofSubject.scripted);
  }

  private static Result violated(Outcome by, Optional<Outcome> other) {
    List<Fact> otherwise =
        other.stream()
            .map(o -> new Fact(o.violation.isPresent() ? "violated too by" : "kept by", o.who))
            .toList();
    Difference facts = by.violation.orElseThrow().framed(List.of(), otherwise);
    return new Result(new Verdict.Differs(facts), by.scripted);
  }

  private Outcome outcome(Implementation implementation, String who) {
    long claims = 0;
    Worst worst = Worst.NONE;
    Trajectory trajectory = Trajectory.of(problem, implementation);
    for (Inequality claim : theorem.about(trajectory.moves())) {
      StepCase scripted = claim.move().scripted();
      if (!claim.holds()) {
        Difference facts = claim.violated(scripted.id(), who);
        return new Outcome(who, claims, worst, Optional.of(facts), scripted);
      }
      claims++;
      worst = worst.or(claim.worst(scripted.id()));
    }
    Outcome kept = new Outcome(who, claims, worst, Optional.empty(), first());
    return trajectory.refusal().map(refusal -> refused(refusal, who)).orElse(kept);
  }

  private static Outcome refused(Trajectory.Refusal refusal, String who) {
    Difference facts =
        new Difference(
            List.of(
                new Fact("claim", "a step with finite step sizes and parameters"),
                new Fact("where", refusal.scripted().id()),
                new Fact("violated by", who),
                new Fact("actual", refusal.how())),
            Optional.empty());
    return new Outcome(who, 0, Worst.NONE, Optional.of(facts), refusal.scripted());
  }

  @Override
  public String toString() {
    return problem.toString();
  }
}
