package dev.alig.conformance.certificate;

import dev.alig.conformance.Artifact;
import dev.alig.conformance.Worst;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Event.Outcome;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.report.Report.WorstCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a sample of a certificate's cases showed when it was run again. */
public final class Rerun {
  private final Certificate certificate;
  private final Artifact suite;
  private final List<Event.PropertyEnded> ended = new ArrayList<>();
  private OracleFacts oracle = OracleFacts.UNKNOWN;

  /** A re-run that is about to begin. */
  public Rerun(Certificate certificate) {
    this(certificate, Artifact.of(Rerun.class));
  }

  Rerun(Certificate certificate, Artifact suite) {
    this.certificate = certificate;
    this.suite = suite;
  }

  /** The cases whose ratios the certificate names, which a re-run should have in its sample. */
  public static Set<String> worstCases(Certificate certificate) {
    return certificate.subjects().stream()
        .flatMap(subject -> subject.requirements().stream())
        .map(requirement -> requirement.worst().caseId())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Hears of the next event. */
  public void hear(Event event) {
    if (event instanceof Event.OracleReady ready) {
      oracle = ready.oracle();
    } else if (event instanceof Event.PropertyEnded end) {
      ended.add(end);
    }
  }

  /** How many cases were compared. */
  public long cases() {
    return ended.stream().mapToLong(Event.PropertyEnded::cases).sum();
  }

  /** Why the sample says nothing; empty if it does. */
  public Optional<String> obstacle() {
    Optional<String> broken =
        ended.stream()
            .filter(end -> end.outcome() == Outcome.BROKEN)
            .findFirst()
            .map(end -> "%s broke: %s".formatted(where(end), end.message()));
    return broken.isPresent() || cases() > 0
        ? broken
        : Optional.of("the sample has no case; ask for a larger one (--sample)");
  }

  /** What contradicts the certificate. */
  public List<String> contradictions() {
    Stream<String> differing =
        ended.stream()
            .filter(end -> end.outcome() == Outcome.DIFFERS)
            .map(end -> "%s: a case differs%n%s".formatted(where(end), end.message()));
    Stream<String> larger =
        elsewhere().isEmpty() ? found().filter(Found::isLarger).map(Found::complaint) : Stream.of();
    return Stream.concat(differing, larger).toList();
  }

  private static String where(Event.PropertyEnded end) {
    return "%s, %s".formatted(end.subject(), end.requirements().get(0));
  }

  /** What is not as it was, so that ratios may be others and are compared with the bounds alone. */
  public List<String> elsewhere() {
    List<String> differences = new ArrayList<>();
    OracleFacts then = certificate.oracle();
    compare(differences, "suite", certificate.suite().digest(), suite.digest());
    compare(differences, "arch", certificate.platform().arch(), Certificate.Platform.here().arch());
    compareOracle(differences, then, "oracle", OracleFacts::kind);
    compareOracle(differences, then, "oracle's code", OracleFacts::digest);
    compareOracle(differences, then, "torch", OracleFacts::torch);
    compareOracle(differences, then, "numpy", OracleFacts::numpy);
    compareOracle(differences, then, "Python", OracleFacts::python);
    compareOracle(differences, then, "device", OracleFacts::device);
    compareOracle(differences, then, "instructions", OracleFacts::cpuCapability);
    return differences;
  }

  private void compareOracle(
      List<String> differences, OracleFacts then, String what, Function<OracleFacts, String> fact) {
    compare(differences, what, fact.apply(then), fact.apply(oracle));
  }

  private static void compare(List<String> differences, String what, String then, String now) {
    if (!Objects.equals(then, now)) {
      differences.add("%s was %s and is %s".formatted(what, then, now));
    }
  }

  /** The requirements whose recorded worst case was run again and gave the recorded ratio. */
  public List<String> reproduced() {
    return found()
        .filter(Found::isRecorded)
        .map(found -> "%s, %s".formatted(found.subject, found.recorded.id()))
        .toList();
  }

  /** How many requirements have a worst case. */
  public long recorded() {
    return certificate.subjects().stream()
        .flatMap(subject -> subject.requirements().stream())
        .filter(requirement -> requirement.worst().ratio() > 0)
        .count();
  }

  private Stream<Found> found() {
    return certificate.subjects().stream()
        .flatMap(
            subject ->
                subject.requirements().stream()
                    .map(
                        requirement ->
                            new Found(
                                subject.name(), requirement, worst(subject.name(), requirement))));
  }

  private Worst worst(String subject, Certificate.Requirement requirement) {
    return ended.stream()
        .filter(end -> end.subject().equals(subject))
        .filter(end -> end.requirements().stream().anyMatch(r -> r.name().equals(requirement.id())))
        .map(Event.PropertyEnded::worst)
        .reduce(Worst.NONE, Worst::or);
  }

  /** The largest ratio of a requirement, as it was recorded and in the sample. */
  private record Found(String subject, Certificate.Requirement recorded, Worst now) {
    boolean isLarger() {
      return now.ratio() > recorded.worst().ratio();
    }

    boolean isRecorded() {
      WorstCase then = recorded.worst();
      return then.ratio() > 0 && now.ratio() == then.ratio() && now.caseId().equals(then.caseId());
    }

    String complaint() {
      return "%s, %s: the case %s has the ratio %s, and the certificate says that the worst is %s"
          .formatted(subject, recorded.id(), now.caseId(), now.ratio(), recorded.worst().ratio());
    }
  }
}
