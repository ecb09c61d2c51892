package dev.alig.conformance.certificate;

import static java.util.stream.Collectors.toCollection;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.Report.WorstCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether the numbers of a certificate go together, and are those of a run that conforms. */
final class Consistency {
  /** Three roundings and two truncations, rounded up. */
  private static final int FEW = 4;

  private final List<String> complaints = new ArrayList<>();
  private final Certificate certificate;

  private Consistency(Certificate certificate) {
    this.certificate = certificate;
  }

  /** What does not go together; empty if all does. */
  static List<String> complaints(Certificate certificate) {
    Consistency consistency = new Consistency(certificate);
    consistency.checkTotals();
    certificate.subjects().forEach(consistency::check);
    return List.copyOf(consistency.complaints);
  }

  private void require(boolean condition, String complaint) {
    if (!condition) {
      complaints.add(complaint);
    }
  }

  private void checkTotals() {
    long sum = Certificate.cases(certificate.subjects());
    Certificate.Defects defects = certificate.defects();
    require(!certificate.subjects().isEmpty(), "it has no subject");
    require(certificate.tries() > 0, "it has %d tries".formatted(certificate.tries()));
    require(certificate.steps() > 0, "it has %d steps".formatted(certificate.steps()));
    require(
        certificate.cases() == sum,
        "it says %d cases, and those of its requirements are %d"
            .formatted(certificate.cases(), sum));
    require(
        defects.of() > 0 && defects.caught() == defects.of(),
        "%d of %d defective optimizers were caught".formatted(defects.caught(), defects.of()));
  }

  private void check(Certificate.Subject subject) {
    Set<String> suite =
        Arrays.stream(Requirement.values()).map(Enum::name).collect(toCollection(TreeSet::new));
    Set<String> has =
        subject.requirements().stream()
            .map(Certificate.Requirement::id)
            .collect(toCollection(TreeSet::new));
    require(
        has.equals(suite) && subject.requirements().size() == suite.size(),
        "%s: it has the requirements %s, and this suite has %s"
            .formatted(subject.name(), has, suite));
    require(!subject.jars().isEmpty(), "%s: it has no jar".formatted(subject.name()));
    require(
        subject.pairs().possible() > 0 && subject.pairs().covered() == subject.pairs().possible(),
        "%s: %d of %d pairs of circumstances met"
            .formatted(subject.name(), subject.pairs().covered(), subject.pairs().possible()));
    subject.requirements().forEach(requirement -> check(subject.name(), requirement));
  }

  private void check(String subject, Certificate.Requirement found) {
    String where = subject + ", " + found.id();
    switch (found.verdict()) {
      case Report.CONFORMS ->
          require(found.cases() > 0, "%s: it conforms without a case".formatted(where));
      case Report.INAPPLICABLE ->
          require(
              found.cases() == 0,
              "%s: it is inapplicable and has %d cases".formatted(where, found.cases()));
      default -> require(false, "%s: its verdict is %s".formatted(where, found.verdict()));
    }
    require(found.comparisons() >= found.cases(), "%s: a case has no number".formatted(where));
    require(
        !isDrawn(found.id()) || found.cases() + found.refused() >= certificate.tries(),
        "%s: %d tries gave %d cases and %d refused ones"
            .formatted(where, certificate.tries(), found.cases(), found.refused()));
    check(where, found.worst());
  }

  private static boolean isDrawn(String id) {
    return RequirementCases.all().keySet().stream().anyMatch(drawn -> drawn.name().equals(id));
  }

  private void check(String where, WorstCase worst) {
    require(
        worst.ratio() >= 0 && worst.ratio() <= 1,
        "%s: its worst ratio is %s, beyond the bound".formatted(where, worst.ratio()));
    require(
        isQuotient(worst.ratio(), worst.observed(), worst.bound()),
        "%s: its worst ratio is %s, and %s / %s is %s"
            .formatted(
                where,
                worst.ratio(),
                worst.observed(),
                worst.bound(),
                worst.observed() / worst.bound()));
  }

  /**
   * Whether a ratio may be that of two numbers. They are real numbers, each rounded to a double,
   * which takes digits of those that are denormal; and the ratio is within a few units in its last
   * place of theirs (see {@link dev.alig.conformance.exact.Real#ratioTo}).
   */
  static boolean isQuotient(double ratio, double observed, double bound) {
    double least =
        Math.max(0, observed - Math.ulp(observed)) / (bound + Math.ulp(bound))
            - FEW * Math.ulp(ratio);
    double most =
        (observed + Math.ulp(observed)) / Math.max(0, bound - Math.ulp(bound))
            + FEW * Math.ulp(ratio);
    return ratio >= least && ratio <= most;
  }
}
