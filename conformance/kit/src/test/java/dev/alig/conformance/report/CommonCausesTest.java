package dev.alig.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.causes.Explanation;
import dev.alig.conformance.run.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonCausesTest {
  private final List<Event.Explained> events = new ArrayList<>();

  private void add(String id, Requirement requirement, List<List<String>> settings) {
    Explanation explanation = new Explanation("alig.th", "the step", settings);
    events.add(new Event.Explained("nd4j", "p", List.of(requirement), id, List.of(explanation)));
  }

  private List<String> lines() {
    return CommonCauses.of(events).stream()
        .map(cause -> cause + " " + cause.requirements())
        .toList();
  }

  @Test
  void whatExplainsMostIsTheCauseOfAll() {
    add("a", Requirement.EPS, List.of(List.of("eps = 0"), List.of("eps = 1e-6")));
    add("b", Requirement.CAP, List.of(List.of("eps = 1e-6")));
    add("c", Requirement.CAP, List.of(List.of("eps = 1e-6"), List.of("the loss is doubled")));
    assertThat(lines())
        .containsExactly(
            "alig.th: the step; explained by \"eps = 1e-6\" (3 cases, such as a) [CAP, EPS]");
  }

  @Test
  void eachOfTwoSettingsIsACause() {
    add("a", Requirement.EPS, List.of(List.of("eps = 1e-6")));
    add("b", Requirement.NORM, List.of(List.of("eps = 1e-6", "narrow")));
    assertThat(lines())
        .containsExactly(
            "alig.th: the step; explained by \"eps = 1e-6\" (2 cases, such as a) [EPS, NORM]",
            "alig.th: the step; explained by \"narrow\", together with eps = 1e-6"
                + " (1 case, such as b) [NORM]");
  }

  @Test
  void whatNothingExplainsIsSaid() {
    add("a", Requirement.EPS, List.of());
    add("b", Requirement.EPS, List.of(List.of("eps = 0")));
    add("c", Requirement.CAP, List.of());
    assertThat(lines())
        .containsExactly(
            "alig.th: the step; no setting of ours explains it (2 cases, such as a) [CAP, EPS]",
            "alig.th: the step; explained by \"eps = 0\" (1 case, such as b) [EPS]");
  }

  @Test
  void nothingDiffersForNoCause() {
    assertThat(CommonCauses.of(events)).isEmpty();
  }
}
