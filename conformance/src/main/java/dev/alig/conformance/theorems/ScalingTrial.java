package dev.alig.conformance.theorems;

import dev.alig.conformance.DType;
import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.Worst;
import java.util.List;
import java.util.Optional;

/**
 * P8 on one case: each of the two runs it and the scaled one, and must answer with the same digits.
 *
 * @param scripted a case whose numbers leave room for scaling
 * @param scaling how to scale it
 */
record ScalingTrial(Scripted scripted, Scaling scaling) implements Trial {
  ScalingTrial {
    int most = Scaling.most(scripted.dtype());
    if (Math.abs(scaling.lossPower()) > most || Math.abs(scaling.parameterPower()) > most) {
      throw new IllegalArgumentException(
          "%s: powers must be at most %d, were %s".formatted(scripted.dtype(), most, scaling));
    }
  }

  @Override
  public TrialResult judge(Implementation subject, Optional<Implementation> oracle) {
    Optional<String> why = subject.inapplicable(scripted);
    return new TrialResult(
        why.isPresent() ? new Verdict.Inapplicable(why.get()) : compare(subject, oracle), scripted);
  }

  private Verdict compare(Implementation subject, Optional<Implementation> oracle) {
    Implementation runs = subject;
    try {
      List<Trace> ofSubject = runBoth(subject);
      List<Trace> ofOracle = List.of();
      if (oracle.isPresent()) {
        runs = oracle.get();
        ofOracle = runBoth(runs);
      }
      Trace trusted = (ofOracle.isEmpty() ? ofSubject : ofOracle).get(0);
      if (!Scaling.preservesDigits(trusted)) {
        return new Verdict.Inapplicable("cancellation left too small a number to scale");
      }
      Optional<Difference> difference = difference(ofSubject, "the subject " + subject.name());
      if (difference.isEmpty() && oracle.isPresent()) {
        difference = difference(ofOracle, "the oracle " + oracle.get().name());
      }
      long numbers = Numbers.of(trusted).size() * (oracle.isPresent() ? 2L : 1L);
      return difference
          .<Verdict>map(Verdict.Differs::new)
          .orElseGet(() -> new Verdict.Agrees(numbers, Worst.NONE));
    } catch (RuntimeException e) {
      return new Verdict.Broken(runs.name() + " at " + scripted.id(), e);
    }
  }

  private List<Trace> runBoth(Implementation implementation) {
    return implementation.runAll(List.of(scripted, scaling.of(scripted)));
  }

  private Optional<Difference> difference(List<Trace> traces, String who) {
    List<Numbers.Located> expected = Numbers.of(scaling.of(traces.get(0), scripted.form()));
    List<Numbers.Located> actual = Numbers.of(traces.get(1));
    if (expected.size() != actual.size()) {
      return Optional.of(
          facts(who, "steps", expected.size() + " numbers", actual.size() + " numbers"));
    }
    for (int i = 0; i < expected.size(); i++) {
      double wanted = expected.get(i).value();
      double found = actual.get(i).value();
      if (!DType.same(wanted, found)) {
        DType dtype = scripted.dtype();
        return Optional.of(
            facts(
                who,
                expected.get(i).where(),
                Difference.show(wanted, dtype),
                Difference.show(found, dtype)));
      }
    }
    return Optional.empty();
  }

  private Difference facts(String who, String where, String expected, String actual) {
    return new Difference(
        List.of(
            new Fact("claim", "the scaled case gives the same digits, scaled"),
            new Fact("where", where),
            new Fact("violated by", who),
            new Fact(
                "scaled by",
                "loss 2^%d, parameters 2^%d"
                    .formatted(scaling.lossPower(), -scaling.parameterPower())),
            new Fact("expected", expected),
            new Fact("actual", actual),
            new Fact("allowed", "no difference in any bit")),
        Optional.empty());
  }

  @Override
  public String toString() {
    return "%s, %s".formatted(scripted.id(), scaling);
  }
}
