package dev.alig.conformance.cli;

import static java.util.stream.Collectors.toMap;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import dev.alig.conformance.Artifact;
import dev.alig.conformance.CodeFile;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.Report.RequirementResult;
import dev.alig.conformance.report.Report.WorstCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Compares a report with the code here, and with a sample of its cases. */
final class Recheck {
  private static final String AGREES = "agrees";
  private static final String DIFFERS = "differs";
  private static final String OTHER_SETUP = "another set-up";
  private static final String NONE = "none";

  private static final int SHOWN_OF_DIGEST = 16;

  /** How many differences are shown; a changed seed makes one per requirement. */
  private static final int SHOWN = 5;

  private record Row(String what, String reported, String here, String result) {}

  private final RecordedReport recorded;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  Recheck(RecordedReport recorded) {
    this.recorded = recorded;
  }

  /**
   * Compares jars by their names, and the report's numbers with each other.
   *
   * @param here the subjects' jars in this process
   * @param given the jars that the user names, in their place
   */
  void compareCode(List<CodeFile> here, List<CodeFile> given) {
    Map<String, String> reported =
        digests(recorded.subjects().stream().flatMap(subject -> subject.jars().stream()));
    Map<String, String> found =
        digests(
            Stream.concat(
                here.stream().filter(jar -> reported.containsKey(jar.file())), given.stream()));
    Set<String> all = new TreeSet<>(found.keySet());
    all.addAll(reported.keySet());
    for (String jar : all) {
      compareDigest(jar, reported.getOrDefault(jar, NONE), found.getOrDefault(jar, NONE));
    }
    note("kit", recorded.kit().sha256(), CodeFile.of(Artifact.location(Report.class)).sha256());
    for (RecordedReport.Subject subject : recorded.subjects()) {
      subject.requirements().stream()
          .filter(result -> !recorded.isPlausible(result))
          .map(
              result ->
                  "%s, %s: its numbers contradict its verdict, conforms"
                      .formatted(subject.name(), result.id()))
          .forEach(differences::add);
    }
  }

  /** By name; the last of a name counts. */
  private static Map<String, String> digests(Stream<CodeFile> jars) {
    return jars.collect(toMap(CodeFile::file, CodeFile::sha256, (one, other) -> other));
  }

  /** Compares the report with that of a sample. */
  void compareSample(Report sample) {
    OracleFacts reported = recorded.oracle();
    OracleFacts here = sample.oracle();
    note("oracle", reported.kind(), here.kind());
    if (reported.kind().equals(here.kind()) && !here.digest().isEmpty()) {
      compareDigest("code of the oracle", reported.digest(), here.digest());
    }
    note("torch", reported.torch(), here.torch());
    note("numpy", reported.numpy(), here.numpy());
    note("Python", reported.python(), here.python());
    note("device", reported.device(), here.device());
    note("processor", reported.computing(), here.computing());
    boolean sameSetup = rows.stream().noneMatch(row -> row.result.equals(OTHER_SETUP));
    for (Report.Subject again : sample.subjects()) {
      RecordedReport.Subject subject = recorded.subject(again.name());
      compareDigest("code of " + again.name(), subject.digest(), again.digest());
      for (RequirementResult now : again.requirements()) {
        subject.requirements().stream()
            .filter(result -> result.id().equals(now.id()))
            .forEach(result -> compare(again.name(), result, now, sameSetup));
      }
    }
  }

  private void compare(
      String subject, RequirementResult then, RequirementResult now, boolean sameSetup) {
    Optional<String> difference = difference(then, now, sameSetup);
    difference.ifPresent(why -> differences.add("%s, %s: %s".formatted(subject, then.id(), why)));
    String result = now.cases() > 0 ? AGREES : "not in the sample";
    rows.add(
        new Row(
            subject + " " + then.id(),
            shown(then),
            now.cases() > 0 ? shown(now) : "",
            difference.isPresent() ? DIFFERS : result));
  }

  private static Optional<String> difference(
      RequirementResult then, RequirementResult now, boolean sameSetup) {
    if (!then.verdict().equals(Report.CONFORMS)) {
      return Optional.empty();
    }
    if (now.verdict().equals(Report.DIFFERS)) {
      return Optional.of(
          "the report says conforms, and a case differs%n%s".formatted(now.message()));
    }
    WorstCase worst = then.worst();
    boolean larger = now.worst().ratio() > worst.ratio();
    boolean due = RecordedReport.isDrawn(then) && worst.ratio() > 0;
    boolean sameCase = now.worst().caseId().equals(worst.caseId());
    return sameSetup && (larger || due || sameCase) && !now.worst().equals(worst)
        ? Optional.of("the report's worst is %s, the sample's is %s".formatted(worst, now.worst()))
        : Optional.empty();
  }

  private static String shown(RequirementResult result) {
    double ratio = result.worst().ratio();
    return String.format(Locale.ROOT, "%d cases, worst %.3f", result.cases(), ratio);
  }

  /** Notes a fact that may differ, but then ratios do too. */
  private void note(String what, String reported, String here) {
    if (!reported.isEmpty() || !here.isEmpty()) {
      rows.add(new Row(what, reported, here, reported.equals(here) ? AGREES : OTHER_SETUP));
    }
  }

  private void compareDigest(String what, String reported, String here) {
    boolean same = reported.equals(here);
    rows.add(new Row(what, reported, here, same ? AGREES : DIFFERS));
    if (!same) {
      differences.add("%s: reported SHA-256 %s, here %s".formatted(what, reported, here));
    }
  }

  /** Whether nothing differs so far. */
  boolean agrees() {
    return differences.isEmpty();
  }

  /** The table, the verdict, and what differs. */
  @Override
  public String toString() {
    List<ColumnData<Row>> columns =
        List.of(
            column("what", Row::what),
            column("reported", row -> shortened(row.reported)),
            column("here", row -> shortened(row.here)),
            column("result", Row::result));
    List<String> lines = new ArrayList<>();
    lines.add(AsciiTable.getTable(AsciiTable.NO_BORDERS, rows, columns));
    lines.add("recheck: " + (agrees() ? AGREES : DIFFERS));
    differences.stream().limit(SHOWN).forEach(lines::add);
    if (differences.size() > SHOWN) {
      lines.add("and %d more".formatted(differences.size() - SHOWN));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static ColumnData<Row> column(String header, Function<Row, String> text) {
    return new Column().header(header).dataAlign(HorizontalAlign.LEFT).with(text);
  }

  /** Of a digest, enough to tell it from others. */
  private static String shortened(String text) {
    return text.matches("[0-9a-f]{64}") ? text.substring(0, SHOWN_OF_DIGEST) : text;
  }
}
