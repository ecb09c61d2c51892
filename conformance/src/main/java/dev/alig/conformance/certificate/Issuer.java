package dev.alig.conformance.certificate;

import static java.util.stream.Collectors.toMap;

import dev.alig.conformance.Artifact;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Signs what a run showed. It is made before the run begins, so that code which is exchanged
 * meanwhile is noticed.
 */
public final class Issuer {
  private static final Set<String> REQUIREMENTS =
      Arrays.stream(Requirement.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

  private final SigningKey key;
  private final Artifact suite;
  private final Map<String, List<CodeFile>> jars;
  private final List<CodeFile> classPath;

  /**
   * An issuer of a run that is about to begin.
   *
   * @param subjects the optimizers that it will compare
   */
  public Issuer(SigningKey key, List<Implementation> subjects) {
    this.key = key;
    this.suite = Artifact.of(Issuer.class);
    this.jars =
        subjects.stream()
            .collect(toMap(Implementation::name, subject -> CodeFile.of(subject.parts())));
    this.classPath = CodeFile.classPath();
  }

  /** The file in a report folder. */
  public static Path in(Path out) {
    return out.resolve("certificate.json");
  }

  /** Why a run cannot have a certificate, whoever signs; empty if it can. */
  public static Optional<String> obstacle(Report report, GateSettings settings) {
    if (!settings.only().isEmpty()) {
      return Optional.of("the run was restricted to some requirements (--only)");
    }
    if (!settings.drawsCases()) {
      return Optional.of("the run replayed traces and drew no cases");
    }
    if (!report.verdict().equals(Report.CONFORMS)) {
      return Optional.of("the verdict is " + report.verdict());
    }
    return report.subjects().stream()
        .filter(subject -> !requirements(subject).equals(REQUIREMENTS))
        .findFirst()
        .map(subject -> "%s was not asked the suite's own requirements".formatted(subject.name()));
  }

  private static Set<String> requirements(Report.Subject subject) {
    return subject.requirements().stream()
        .map(Report.RequirementResult::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Why this run cannot have a certificate of this issuer; empty if it can. */
  public Optional<String> refusal(Report report, GateSettings settings) {
    Optional<String> obstacle = obstacle(report, settings);
    return obstacle.isPresent() || CodeFile.classPath().equals(classPath)
        ? obstacle
        : Optional.of("code on the class path was exchanged while the run went on");
  }

  /** Writes the certificate of a run into its report folder. */
  public Path write(Report report, Path out) throws IOException {
    Path file = in(out);
    Certificate.Suite kit = new Certificate.Suite(suite.version(), suite.digest());
    Certificate certificate = Certificate.of(report, kit, jars, classPath, Instant.now());
    Files.writeString(file, sign(certificate, key));
    return file;
  }

  /** The text of a certificate's file. */
  static String sign(Certificate certificate, SigningKey key) {
    byte[] statement = Statement.of(certificate).bytes();
    return Envelope.sign(Statement.MEDIA_TYPE, statement, key).text();
  }
}
