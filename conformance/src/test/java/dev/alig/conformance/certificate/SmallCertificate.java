package dev.alig.conformance.certificate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Worst;
import dev.alig.conformance.coverage.ImpossiblePairs;
import dev.alig.conformance.coverage.Pair;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Event.Outcome;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.ReportBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A real certificate of a run that never was, with all that tests change of it. */
public final class SmallCertificate {
  static final int TRIES = 10;
  static final Worst WORST = Worst.of(3, 4, "seed 7");
  static final GateSettings SETTINGS =
      new GateSettings(GateSettings.EXACT, List.of(), TRIES, 1, Set.of(), Path.of("out"));

  private static final JsonMapper JSON = new JsonMapper();

  private SmallCertificate() {}

  /** The report of a full run that conforms. */
  static Report report(GateSettings settings, Outcome outcome) {
    ReportBuilder builder = new ReportBuilder(settings);
    builder.add(new Event.SubjectStarted("nd4j", "1", "", 1));
    List<String> pairs = ImpossiblePairs.others().stream().map(Pair::toString).toList();
    builder.add(new Event.Covered("nd4j", "p", pairs, Map.of(), 0));
    builder.add(ended(outcome, WORST));
    builder.add(new Event.CatalogueStarted(2));
    builder.add(new Event.DefectTried("java/sound", "java", "right", true, null, false, 1, ""));
    builder.add(
        new Event.DefectTried("java/a", "java", "wrong", false, Requirement.CAP, false, 1, ""));
    builder.add(new Event.Finished());
    return builder.build(Optional.empty(), 1);
  }

  /** A property that checks every requirement. */
  static Event.PropertyEnded ended(Outcome outcome, Worst worst) {
    List<Requirement> all = List.of(Requirement.values());
    return new Event.PropertyEnded("nd4j", "p", all, outcome, TRIES, 20, 30, worst, "facts", 0.1);
  }

  /** The certificate of that run on some files. */
  static Certificate of(List<CodeFile> jars, List<CodeFile> classPath) {
    return Certificate.of(
        report(SETTINGS, Outcome.AGREES),
        new Certificate.Suite("1", "00"),
        Map.of("nd4j", jars),
        classPath,
        Instant.EPOCH);
  }

  /** A certificate's file with another payload and the old signature. */
  static String tampered(String text, Consumer<ObjectNode> change) throws IOException {
    ObjectNode envelope = (ObjectNode) JSON.readTree(text);
    envelope.put("payload", Base64.getEncoder().encodeToString(changed(text, change)));
    return envelope.toString();
  }

  /** A certificate's file with another payload, which the key has signed. */
  public static String resigned(String text, SigningKey key, Consumer<ObjectNode> change)
      throws IOException {
    return Envelope.sign(Statement.MEDIA_TYPE, changed(text, change), key).text();
  }

  private static byte[] changed(String text, Consumer<ObjectNode> change) throws IOException {
    byte[] payload = Base64.getDecoder().decode(JSON.readTree(text).path("payload").asText());
    ObjectNode statement = (ObjectNode) JSON.readTree(payload);
    change.accept(statement);
    return JSON.writeValueAsBytes(statement);
  }

  /** The certificate within a statement. */
  public static ObjectNode predicate(ObjectNode statement) {
    return (ObjectNode) statement.path("predicate");
  }

  /** A subject's entry of a requirement within a statement. */
  public static ObjectNode requirement(ObjectNode statement, String id) {
    for (var requirement : subject(statement).path("requirements")) {
      if (requirement.path("id").asText().equals(id)) {
        return (ObjectNode) requirement;
      }
    }
    throw new AssertionError("there is no requirement " + id);
  }

  static ObjectNode subject(ObjectNode statement) {
    return (ObjectNode) predicate(statement).path("subjects").path(0);
  }

  /** A new key pair in a folder. */
  static SigningKey key(Path folder) {
    return SigningKey.read(KeyFiles.make(folder).secret());
  }

  /** A file with some text. */
  static Path file(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
