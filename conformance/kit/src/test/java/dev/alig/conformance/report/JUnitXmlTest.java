package dev.alig.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Requirement;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class JUnitXmlTest {
  private final XPath path = XPathFactory.newInstance().newXPath();

  private static Document parse(Report report) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(JUnitXml.of(report))));
  }

  private String at(Document xml, String expression) throws Exception {
    return path.evaluate(expression, xml);
  }

  @Test
  void aSuiteASubjectAndACaseARequirement() throws Exception {
    Document xml = parse(SampleReport.failing());
    int requirements = Requirement.values().length;
    for (int suite = 2; suite <= 3; suite++) {
      String here = "/testsuites/testsuite[%d]".formatted(suite);
      assertThat(at(xml, here + "/@tests")).isEqualTo(Integer.toString(requirements));
      assertThat(at(xml, "count(%s/testcase)".formatted(here)))
          .isEqualTo(Integer.toString(requirements));
    }
    assertThat(at(xml, "/testsuites/testsuite[2]/@name")).isEqualTo("nd4j");
    assertThat(at(xml, "//testsuite[3]/testcase[@name='CAP']/@classname"))
        .isEqualTo(SampleReport.AWKWARD);
    assertThat(at(xml, "//testsuite[3]/testcase[@name='CAP']/@time")).isEqualTo("0.500");
    assertThat(at(xml, "//testsuite[3]/testcase[@name='CAP']/system-out"))
        .contains(Requirement.CAP.title(), "at most 0.8 in case case-CAP");
  }

  @Test
  void countsAreThoseOfTheCases() throws Exception {
    Document xml = parse(SampleReport.failing());
    for (int suite = 1; suite <= 3; suite++) {
      String here = "/testsuites/testsuite[%d]".formatted(suite);
      assertThat(at(xml, here + "/@failures"))
          .isEqualTo(at(xml, "count(%s/testcase/failure)".formatted(here)));
      assertThat(at(xml, here + "/@errors"))
          .isEqualTo(at(xml, "count(%s/testcase/error)".formatted(here)));
      assertThat(at(xml, here + "/@skipped"))
          .isEqualTo(at(xml, "count(%s/testcase/skipped)".formatted(here)));
    }
    assertThat(at(xml, "count(//failure)")).isEqualTo("1");
    assertThat(at(xml, "count(//skipped)")).isEqualTo("2");
    assertThat(at(xml, "count(//testsuite[@name != 'run']//error)")).isEqualTo("1");
  }

  @Test
  void theFactsOfAFailureAreItsText() throws Exception {
    Document xml = parse(SampleReport.failing());
    assertThat(at(xml, "//failure")).isEqualTo(SampleReport.FACTS);
    assertThat(at(xml, "//failure/@type")).isEqualTo("differs");
    assertThat(at(xml, "//failure/@message")).startsWith("requirement  CAP");
  }

  @Test
  void whatXmlCannotHoldIsReplacedAndTheRestIsKept() throws Exception {
    assertThat(at(parse(SampleReport.failing()), "//testcase[@name='NORM']/error"))
        .isEqualTo(SampleReport.HOSTILE.replace('\u0000', '\uFFFD').replace('\u001b', '\uFFFD'));
  }

  @Test
  void aRunThatProvesNothingIsAnErrorAndOneThatConformsHasNone() throws Exception {
    Document empty = parse(SampleReport.empty());
    assertThat(at(empty, "count(//testcase)")).isEqualTo("1");
    assertThat(at(empty, "//testsuite[@name='run']/testcase/error")).contains("the worker died");
    Document conforming = parse(SampleReport.conforming());
    assertThat(at(conforming, "count(//error | //failure)")).isEqualTo("0");
    assertThat(at(conforming, "//testsuite[@name='run']/@errors")).isEqualTo("0");
  }
}
