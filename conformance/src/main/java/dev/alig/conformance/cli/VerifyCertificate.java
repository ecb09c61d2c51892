package dev.alig.conformance.cli;

import dev.alig.conformance.certificate.Certificate;
import dev.alig.conformance.certificate.CodeFile;
import dev.alig.conformance.certificate.RefusedException;
import dev.alig.conformance.certificate.Rerun;
import dev.alig.conformance.certificate.TrustedKey;
import dev.alig.conformance.certificate.Verifier;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ci/verify-certificate}: says whether a certificate is to be believed, and why not. */
@Command(
    name = "verify-certificate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Checks a certificate: its signature, its numbers, the jars it is about, and a random"
            + " sample of its cases, which are run again.",
    footer = {"", "Exit status: 0 verified; 1 refused; 2 could not be checked."})
final class VerifyCertificate implements Callable<Integer> {
  private static final int VERIFIED = 0;
  private static final int REFUSED = 1;
  private static final int UNCHECKED = 2;

  /** One false number may contradict many. */
  private static final int SHOWN = 5;

  private final PrintStream out;

  @Parameters(index = "0", paramLabel = "FILE", description = "The certificate.")
  private Path file = Path.of("certificate.json");

  @Parameters(
      index = "1..*",
      paramLabel = "JAR",
      description = "A jar that should be what was certified; the sample runs it.")
  private List<Path> jars = new ArrayList<>();

  @Option(
      names = "--key",
      required = true,
      paramLabel = "PUBLIC",
      description = "A public key to trust (PEM, Ed25519). May be repeated.")
  private List<Path> keys = new ArrayList<>();

  @Option(names = "--no-rerun", description = "Runs no case again; needs no Python.")
  private boolean withoutRerun;

  @Mixin private final SampleRun sampleRun = new SampleRun();

  VerifyCertificate(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    List<TrustedKey> trusted = keys.stream().map(TrustedKey::read).toList();
    try {
      return check(Verifier.open(file, trusted));
    } catch (RefusedException e) {
      return end(REFUSED, List.of(e.getMessage()));
    }
  }

  private int check(Verifier verifier) throws IOException {
    describe(verifier);
    List<String> contradictions = verifier.contradictions();
    line("numbers", contradictions.isEmpty() ? "consistent" : "inconsistent");
    List<CodeFile> given = jars.stream().map(CodeFile::of).toList();
    List<String> strangers = verifier.strangers(given);
    line("jars", jars(verifier, given, strangers));
    List<String> reasons = new ArrayList<>(contradictions);
    reasons.addAll(strangers);
    if (!reasons.isEmpty()) {
      return end(REFUSED, reasons);
    }
    if (withoutRerun) {
      line("sample", "not run (--no-rerun)");
      return end(VERIFIED, List.of());
    }
    return rerun(verifier.certificate(), given);
  }

  private void describe(Verifier verifier) {
    Certificate certificate = verifier.certificate();
    line("signature", "%s, %s".formatted(verifier.signer().name(), verifier.signer().id()));
    for (Certificate.Subject subject : certificate.subjects()) {
      line("subject", "%s %s".formatted(subject.name(), subject.version()));
    }
    String torch = certificate.oracle().torch();
    line(
        "oracle",
        "%s%s, %s"
            .formatted(
                certificate.oracle().kind(),
                torch.isEmpty() ? "" : ", torch " + torch,
                certificate.oracle().device()));
    line(
        "run",
        "%s, %s, %s, suite %s"
            .formatted(
                certificate.date(),
                certificate.platform().jdk(),
                certificate.platform().os(),
                certificate.suite().version()));
    line(
        "cases",
        String.format(
            Locale.ROOT,
            "%,d compared, seed %d, %d tries, worst ratio %.3f",
            certificate.cases(),
            certificate.seed(),
            certificate.tries(),
            worst(certificate)));
  }

  private static double worst(Certificate certificate) {
    return certificate.subjects().stream()
        .flatMap(subject -> subject.requirements().stream())
        .mapToDouble(requirement -> requirement.worst().ratio())
        .max()
        .orElse(0);
  }

  private static String jars(Verifier verifier, List<CodeFile> given, List<String> strangers) {
    List<String> missing =
        verifier.jars().stream()
            .filter(jar -> given.stream().noneMatch(one -> one.sha256().equals(jar.sha256())))
            .map(CodeFile::file)
            .toList();
    String others = missing.isEmpty() ? "" : "; not given: " + String.join(", ", missing);
    return given.isEmpty()
        ? "none compared" + others
        : "%d of %d as certified%s"
            .formatted(given.size() - strangers.size(), given.size(), others);
  }

  private int rerun(Certificate certificate, List<CodeFile> given) throws IOException {
    Rerun rerun = new Rerun(certificate);
    Optional<String> failure = sampleRun.run(rerun, certificate, given, jars, out);
    if (failure.isPresent()) {
      line("sample", "could not be run; --no-rerun does without");
      return end(UNCHECKED, List.of(failure.get()));
    }
    line(
        "sample",
        "%d cases, sample seed %d; %d of %d recorded worst cases gave the recorded ratio"
            .formatted(
                rerun.cases(), sampleRun.seed(), rerun.reproduced().size(), rerun.recorded()));
    rerun.elsewhere().forEach(what -> line("", what + ", so that ratios may be others"));
    List<String> contradictions = rerun.contradictions();
    return end(contradictions.isEmpty() ? VERIFIED : REFUSED, contradictions);
  }

  private void line(String what, String fact) {
    out.printf("%-11s %s%n", what, fact);
  }

  private int end(int status, List<String> reasons) {
    String verdict =
        switch (status) {
          case VERIFIED -> "verified";
          case REFUSED -> "refused";
          default -> "could not be checked";
        };
    line("verdict", verdict);
    reasons.stream().limit(SHOWN).forEach(reason -> line("because", reason));
    if (reasons.size() > SHOWN) {
      line("", "and %d more".formatted(reasons.size() - SHOWN));
    }
    return status;
  }
}
