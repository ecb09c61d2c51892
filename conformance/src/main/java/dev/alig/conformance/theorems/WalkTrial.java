package dev.alig.conformance.theorems;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.Worst;
import java.util.List;
import java.util.Optional;

/**
 * A theorem on some problems, through which subject and oracle walk each on its own.
 *
 * @param theorem what is to hold
 * @param problems problems that meet its hypotheses
 */
record WalkTrial<L extends Loss>(Theorem<L> theorem, List<Problem<L>> problems) implements Trial {

  /** What one of the two did. */
  private record Result(
      String who, long claims, Worst worst, Optional<Difference> violation, Scripted scripted) {}

  @Override
  public TrialResult judge(Implementation subject, Optional<Implementation> oracle) {
    Scripted first = Walk.first(problems.get(0));
    for (Problem<L> problem : problems) {
      Optional<String> why = subject.inapplicable(Walk.first(problem));
      if (why.isPresent()) {
        return new TrialResult(new Verdict.Inapplicable(why.get()), first);
      }
    }
    Implementation runs = subject;
    try {
      Result ofSubject = result(subject, "the subject " + subject.name());
      Optional<Result> ofOracle = Optional.empty();
      if (oracle.isPresent()) {
        runs = oracle.get();
        ofOracle = Optional.of(result(runs, "the oracle " + runs.name()));
      }
      return together(ofSubject, ofOracle);
    } catch (RuntimeException e) {
      return new TrialResult(new Verdict.Broken(runs.name() + " at " + first.id(), e), first);
    }
  }

  private static TrialResult together(Result ofSubject, Optional<Result> ofOracle) {
    if (ofSubject.violation().isPresent()) {
      return violated(ofSubject, ofOracle);
    }
    if (ofOracle.isPresent() && ofOracle.get().violation().isPresent()) {
      return violated(ofOracle.get(), Optional.of(ofSubject));
    }
    long claims = ofSubject.claims() + ofOracle.map(Result::claims).orElse(0L);
    Worst oracleWorst = ofOracle.map(Result::worst).orElse(Worst.NONE);
    return new TrialResult(
        new Verdict.Agrees(claims, ofSubject.worst(), oracleWorst), ofSubject.scripted());
  }

  private static TrialResult violated(Result by, Optional<Result> other) {
    List<Fact> otherwise =
        other
            .map(o -> new Fact(o.violation().isPresent() ? "violated too by" : "kept by", o.who()))
            .map(List::of)
            .orElse(List.of());
    Difference facts = by.violation().orElseThrow().framed(List.of(), otherwise);
    return new TrialResult(new Verdict.Differs(facts), by.scripted());
  }

  private Result result(Implementation implementation, String who) {
    long claims = 0;
    Worst worst = Worst.NONE;
    for (Walk<L> walk : Walk.through(problems, implementation)) {
      for (Inequality claim : theorem.about(walk.problem(), walk.moves())) {
        Scripted scripted = claim.move().scripted();
        if (!claim.holds()) {
          Difference facts = claim.violated(scripted.id(), who);
          return new Result(who, claims, worst, Optional.of(facts), scripted);
        }
        claims++;
        worst = worst.or(claim.worst(scripted.id()));
      }
      if (walk.refusal().isPresent()) {
        return refused(walk.refusal().get(), who);
      }
    }
    return new Result(who, claims, worst, Optional.empty(), Walk.first(problems.get(0)));
  }

  private Result refused(Walk.Refusal refusal, String who) {
    Difference facts =
        new Difference(
            List.of(
                new Fact("claim", "a step with finite step sizes and parameters"),
                new Fact("where", refusal.scripted().id()),
                new Fact("violated by", who),
                new Fact("actual", refusal.how())),
            Optional.empty());
    return new Result(who, 0, Worst.NONE, Optional.of(facts), refusal.scripted());
  }

  @Override
  public String toString() {
    return problems.toString();
  }
}
