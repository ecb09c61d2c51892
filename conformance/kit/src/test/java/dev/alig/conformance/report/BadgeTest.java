package dev.alig.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class BadgeTest {
  private static Element svg(Report report) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(Badge.of(report))))
        .getDocumentElement();
  }

  @Test
  void aBadgeSaysTheVerdictAndHowManyRequirementsWereMet() throws Exception {
    Element svg = svg(SampleReport.conforming());
    assertThat(svg.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
    assertThat(svg.getAttribute("aria-label")).matches("ALI-G: conforms, [0-9]+ requirements met");
  }

  @Test
  void verdictsAreToldByWordAndByColour() throws Exception {
    assertThat(svg(SampleReport.empty()).getAttribute("aria-label")).isEqualTo("ALI-G: broken");
    assertThat(Badge.of(SampleReport.empty())).contains("#8a5300");
    assertThat(Badge.of(SampleReport.conforming())).contains("#1a7f37");
  }
}
