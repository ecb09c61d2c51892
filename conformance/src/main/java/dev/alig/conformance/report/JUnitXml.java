package dev.alig.conformance.report;

import dev.alig.conformance.report.Report.RequirementResult;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The report in the format of JUnit's XML reports: a test suite a subject, a test case a
 * requirement. One more suite has the run itself, so that a run which proves nothing fails there
 * even if every requirement was met.
 */
final class JUnitXml {
  private static final Map<String, String> FAILED =
      Map.of(Report.DIFFERS, "failure", Report.BROKEN, "error");

  private final XMLStreamWriter xml;

  private JUnitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String of(Report report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JUnitXml(writer).write(report);
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the report cannot be put in XML", e);
    }
    return text + "\n";
  }

  private void write(Report report) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    line("testsuites");
    attribute("name", "ALI-G conformance");
    attribute("time", seconds(report.durationSeconds()));
    writeRun(report);
    for (Report.Subject subject : report.subjects()) {
      writeSuite(subject.name(), subject.requirements(), report.finishedAt());
      xml.writeStartElement("properties");
      writeProperty("version", subject.version());
      writeProperty("digest", subject.digest());
      xml.writeEndElement();
      for (RequirementResult result : subject.requirements()) {
        writeCase(subject.name(), result);
      }
      end();
    }
    end();
    xml.writeEndDocument();
  }

  private void writeRun(Report report) throws XMLStreamException {
    boolean broken = report.verdict().equals(Report.BROKEN);
    writeSuite("run", 1, 0, broken ? 1 : 0, 0, 0, report.finishedAt());
    xml.writeStartElement("properties");
    writeProperty("oracle", report.oracle().kind());
    writeProperty("torch", report.oracle().torch());
    writeProperty("jdk", report.host().jdk());
    writeProperty("seed", Long.toString(report.seed()));
    writeProperty("tries", Integer.toString(report.tries()));
    xml.writeEndElement();
    line("testcase");
    attribute("name", "the run is complete and the suite strong enough");
    attribute("classname", "run");
    attribute("time", seconds(report.durationSeconds()));
    if (broken) {
      writeProblem("error", Report.BROKEN, report.reason());
    }
    end();
    end();
  }

  private void writeSuite(String name, List<RequirementResult> results, String at)
      throws XMLStreamException {
    Map<String, Long> verdicts =
        results.stream()
            .collect(Collectors.groupingBy(RequirementResult::verdict, Collectors.counting()));
    writeSuite(
        name,
        results.size(),
        verdicts.getOrDefault(Report.DIFFERS, 0L),
        verdicts.getOrDefault(Report.BROKEN, 0L),
        verdicts.getOrDefault(Report.INAPPLICABLE, 0L),
        results.stream().mapToDouble(RequirementResult::seconds).sum(),
        at);
  }

  private void writeSuite(
      String name, long tests, long failures, long errors, long skipped, double time, String at)
      throws XMLStreamException {
    line("testsuite");
    attribute("name", name);
    attribute("tests", Long.toString(tests));
    attribute("failures", Long.toString(failures));
    attribute("errors", Long.toString(errors));
    attribute("skipped", Long.toString(skipped));
    attribute("time", seconds(time));
    attribute("timestamp", at);
  }

  private void writeProperty(String name, String value) throws XMLStreamException {
    xml.writeEmptyElement("property");
    attribute("name", name);
    attribute("value", value);
  }

  private void writeCase(String subject, RequirementResult result) throws XMLStreamException {
    line("testcase");
    attribute("name", result.id());
    attribute("classname", subject);
    attribute("time", seconds(result.seconds()));
    String failed = FAILED.get(result.verdict());
    if (failed != null) {
      writeProblem(failed, result.verdict(), result.message());
    } else if (result.verdict().equals(Report.INAPPLICABLE)) {
      xml.writeEmptyElement("skipped");
      attribute("message", result.message());
    }
    xml.writeStartElement("system-out");
    xml.writeCharacters(
        legal(
            "%s: %d cases, %d refused, %d numbers, observed / bound at most %s in case %s"
                .formatted(
                    result.title(),
                    result.cases(),
                    result.inapplicable(),
                    result.comparisons(),
                    result.worst().ratio(),
                    result.worst().caseId())));
    xml.writeEndElement();
    end();
  }

  private void writeProblem(String element, String type, String text) throws XMLStreamException {
    xml.writeStartElement(element);
    attribute("type", type);
    attribute("message", text.lines().findFirst().orElse(""));
    xml.writeCharacters(legal(text));
    xml.writeEndElement();
  }

  private void line(String element) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement(element);
  }

  private void end() throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, legal(value));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  /** XML has no way to write most control characters, however escaped. */
  private static String legal(String text) {
    int[] legal = text.codePoints().map(point -> isLegal(point) ? point : '\uFFFD').toArray();
    return new String(legal, 0, legal.length);
  }

  private static boolean isLegal(int point) {
    boolean blank = point == '\t' || point == '\n' || point == '\r';
    boolean plain = point >= 0x20 && point <= 0xD7FF;
    boolean beyond = point >= 0xE000 && point <= 0xFFFD;
    return blank || plain || beyond || point >= 0x10000;
  }
}
