package dev.alig.conformance.certificate;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate whose signature and schema are in order.
 *
 * @param certificate what it says
 * @param signer who says it
 */
public record Verifier(Certificate certificate, TrustedKey signer) {
  /**
   * Opens a file.
   *
   * @throws IllegalArgumentException if it cannot be read
   * @throws RefusedException if no trusted key signed it as it is, or its schema is another
   */
  public static Verifier open(Path file, List<TrustedKey> trusted) throws RefusedException {
    Envelope envelope = Envelope.parse(UserFile.text("the certificate", file));
    TrustedKey signer = envelope.signer(trusted);
    if (!envelope.payloadType().equals(Statement.MEDIA_TYPE)) {
      throw new RefusedException(
          "its payload is %s, and a certificate's is %s"
              .formatted(envelope.payloadType(), Statement.MEDIA_TYPE));
    }
    return new Verifier(Statement.parse(envelope.content()).predicate(), signer);
  }

  /** What does not go together in its numbers; empty if all does. */
  public List<String> contradictions() {
    return Consistency.complaints(certificate);
  }

  /** Which of some jars are not what was certified, and why. */
  public List<String> strangers(List<CodeFile> jars) {
    List<String> complaints = new ArrayList<>();
    for (CodeFile jar : jars) {
      if (known().noneMatch(known -> known.sha256().equals(jar.sha256()))) {
        complaints.add(
            "%s is not what was certified: its SHA-256 is %s, %s"
                .formatted(jar.file(), jar.sha256(), expected(jar)));
      }
    }
    return complaints;
  }

  private String expected(CodeFile jar) {
    String same =
        known()
            .filter(known -> known.file().equals(jar.file()))
            .map(CodeFile::sha256)
            .distinct()
            .collect(joining(" or "));
    return same.isEmpty()
        ? "and the certificate has no file of that name"
        : "and the certificate has " + same;
  }

  private Stream<CodeFile> known() {
    return Stream.concat(jars().stream(), certificate.classPath().stream());
  }

  /** The subjects' jars, each once. */
  public List<CodeFile> jars() {
    return certificate.subjects().stream()
        .flatMap(subject -> subject.jars().stream())
        .distinct()
        .toList();
  }
}
