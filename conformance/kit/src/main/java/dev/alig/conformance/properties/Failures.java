package dev.alig.conformance.properties;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Finding;
import dev.alig.conformance.causes.Causes;
import dev.alig.conformance.causes.Explanation;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.properties.PropertyFailure.CaseDiffers;
import dev.alig.conformance.run.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first cases of a property that differ and were not declared, each with its causes. */
final class Failures {
  /** Enough to tell what recurs from what does not. Each takes as long as dozens that agree. */
  private static final int MOST = 8;

  private final PropertyContext property;
  private final DeclaredDifferences declared;
  private final List<CaseDiffers> found = new ArrayList<>();

  Failures(PropertyContext property) {
    this.property = property;
    this.declared = new DeclaredDifferences(property);
  }

  /** The differences that the user declared. */
  DeclaredDifferences declared() {
    return declared;
  }

  /** The first failure; empty if there is none. */
  Optional<CaseDiffers> first() {
    return found.stream().findFirst();
  }

  /**
   * Keeps a failure.
   *
   * @throws CaseDiffers the first one, once there are enough
   */
  void add(CaseDiffers failure) {
    explain(failure.scripted.id(), failure.difference, Optional.of(failure.scripted));
    found.add(failure);
    if (found.size() >= MOST) {
      throw found.get(0);
    }
  }

  /** Records the causes of a difference in a trained case. */
  void explain(String caseId, Difference difference) {
    explain(caseId, difference, difference.finding().map(Finding::asked));
  }

  private void explain(String caseId, Difference difference, Optional<StepCase> scripted) {
    List<Explanation> explanations =
        scripted
            .filter(c -> !property.isAboutSideEffects())
            .map(c -> Causes.of(c, difference, property.suite().parties(), any -> true))
            .orElseGet(List::of);
    property
        .run()
        .record(
            new Event.Explained(
                property.subject().name(),
                property.name(),
                property.requirements(),
                caseId,
                explanations.isEmpty()
                    ? List.of(unexplained(difference, scripted))
                    : explanations));
  }

  /** Every number is legal by itself, or none was compared. */
  private Explanation unexplained(Difference difference, Optional<StepCase> scripted) {
    String subject = property.subject().name();
    String who =
        property.suite().oracle().map(o -> "%s or %s".formatted(subject, o.name())).orElse(subject);
    String quantity =
        difference
            .finding()
            .map(finding -> words(finding, scripted.isPresent()))
            .orElseGet(() -> words(difference));
    return new Explanation(who, quantity, List.of());
  }

  private static String words(Finding finding, boolean legal) {
    String bits = legal ? ", within what rounding may change" : "";
    return switch (finding.place().quantity()) {
      case UNCLIPPED -> "the unclipped step size";
      case STEP_SIZE -> "the step sizes of the groups";
      case MEAN -> "the mean step size";
      case PARAMETER -> "the parameters" + bits;
      case BUFFER -> "the momentum" + bits;
    };
  }

  /** Where it differs, without the number of the step; or what was found, if that says no more. */
  private static String words(Difference difference) {
    String where = difference.fact("where").replaceFirst("^step \\d+(, )?|^the case$", "");
    return where.isEmpty() ? difference.fact("actual") : where;
  }
}
