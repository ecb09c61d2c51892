package dev.alig.conformance.causes;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** Finds the quantities of a case that are off, and the settings that would explain them. */
@API(status = INTERNAL, since = "0.1")
public final class Causes {
  /** With more elements than this, a search for a changed update takes longer than the run. */
  private static final int LARGE = 10_000;

  private Causes() {}

  /** All settings and changes that may explain a difference, in words. */
  public static List<String> settings() {
    return Stream.of(
            Unclipped.WORDS, StepSizes.WORDS, List.of(StepSizes.WORDS_OF_MEANS), Updates.WORDS)
        .flatMap(List::stream)
        .flatMap(List::stream)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /**
   * What is off in the parties' runs of a case that differs, and the settings that would explain
   * it.
   *
   * <p>If every number of the case is legal, the oracle may ignore a cap: the judge prescribes step
   * sizes by caps. Then the search repeats with caps that decide.
   *
   * @param difference what the judge found
   * @param parties those that run the case; skipped if they fail, or are not ALI-G
   * @param allowed whether a setting, in words, may be tried
   * @return each quantity that is not legal under the case's settings; empty if the parties differ
   *     only by bits that rounding may change
   */
  public static List<Explanation> of(
      StepCase scripted,
      Difference difference,
      List<Implementation> parties,
      Predicate<String> allowed) {
    List<Explanation> found = of(scripted, parties, allowed);
    return found.isEmpty() && difference.finding().isEmpty()
        ? of(Altered.leftToCaps(scripted), parties, allowed)
        : found;
  }

  /** What is off in the parties' runs of a case, and what would explain it. */
  static List<Explanation> of(
      StepCase scripted, List<Implementation> parties, Predicate<String> allowed) {
    return parties.stream()
        .filter(party -> party.algorithm() instanceof AliG)
        .filter(party -> party.inapplicable(scripted).isEmpty())
        .flatMap(party -> explain(scripted, party, allowed).stream())
        .toList();
  }

  private static List<Explanation> explain(
      StepCase scripted, Implementation party, Predicate<String> allowed) {
    List<Explanation> found = new ArrayList<>();
    BiConsumer<String, List<List<String>>> add =
        (quantity, settings) -> found.add(new Explanation(party.name(), quantity, settings));
    try {
      Trace trace = party.run(scripted);
      Updates updates = new Updates(scripted, party.algorithm(), trace);
      if (!updates.isConstructionLegal()) {
        add.accept("the parameters after construction", updates.constructions(allowed));
      }
      Unclipped unclipped = new Unclipped(scripted, party.algorithm(), trace);
      if (!unclipped.isLegal()) {
        add.accept("the unclipped step size", unclipped.explanations(allowed));
      }
      StepSizes sizes = new StepSizes(scripted, party.algorithm(), trace);
      if (!sizes.isLegal()) {
        String what = "the step sizes of the groups, given the unclipped one";
        add.accept(what, sizes.explanations(allowed));
      }
      if (!sizes.areMeansLegal()) {
        String what = "the mean step size, given those of the groups";
        add.accept(what, sizes.meanExplanations(allowed));
      }
      if (!updates.isLegal()) {
        String which = updates.isMomentumOff() ? "momentum" : "parameters";
        add.accept(
            "the %s, given the step sizes".formatted(which),
            isLarge(scripted) ? List.of() : updates.explanations(allowed));
      }
      return found;
    } catch (RuntimeException e) {
      // A party that fails to run the case shows nothing; the judge says so.
      return List.of();
    }
  }

  private static boolean isLarge(StepCase scripted) {
    long elements =
        scripted.groups().stream()
            .flatMap(group -> group.parameters().stream())
            .mapToLong(Tensor::size)
            .sum();
    return elements * scripted.steps().size() > LARGE;
  }
}
