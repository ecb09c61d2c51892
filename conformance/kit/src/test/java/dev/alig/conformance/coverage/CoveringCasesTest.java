package dev.alig.conformance.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoveringCasesTest {
  private static final CoveringCases WITHOUT_BALL = CoveringCases.of(CoveringCasesTest::noBall);

  private static Set<Pair> shown(CoveringCases covering) {
    Set<Pair> shown = new LinkedHashSet<>();
    for (StepCase scripted : covering.cases()) {
      shown.addAll(Circumstances.pairs(scripted, new ExactOracle().run(scripted)));
    }
    return shown;
  }

  @Test
  void everyPairThatCanMeetMeetsAndNoOther() {
    CoveringCases covering = CoveringCases.of(scripted -> Optional.empty());
    assertThat(shown(covering)).containsExactlyInAnyOrderElementsOf(ImpossiblePairs.others());
    assertThat(covering.inapplicable()).isEmpty();
    assertThat(covering.cases()).hasSizeLessThan(60);
  }

  @Test
  void aSubjectWithoutAProjectionGetsCasesWithoutOne() {
    CoveringCases covering = WITHOUT_BALL;
    assertThat(covering.cases()).isNotEmpty().allMatch(c -> c.radius().isEmpty());
    Set<Pair> others = new LinkedHashSet<>(ImpossiblePairs.others());
    others.removeAll(covering.inapplicable().keySet());
    assertThat(shown(covering)).containsExactlyInAnyOrderElementsOf(others);
    assertThat(covering.inapplicable().keySet())
        .allMatch(
            p ->
                p.first().factor() == Factor.PROJECTION
                    || p.second().factor() == Factor.PROJECTION);
  }

  @Test
  void twoSearchesFindTheSame() {
    assertThat(CoveringCases.of(CoveringCasesTest::noBall)).isEqualTo(WITHOUT_BALL);
  }

  private static Optional<String> noBall(StepCase scripted) {
    return scripted.radius().isPresent() ? Optional.of("no ball") : Optional.empty();
  }

  @Test
  void everyImpossiblePairHasAReason() {
    assertThat(ImpossiblePairs.reasons()).isNotEmpty();
    assertThat(ImpossiblePairs.reasons().values()).allMatch(reason -> !reason.isBlank());
    assertThat(Pair.all()).containsAll(ImpossiblePairs.reasons().keySet());
  }

  @Test
  void aPairReadsAsItIsWritten() {
    assertThat(Pair.all()).allMatch(pair -> Pair.parse(pair.toString()).equals(pair));
  }

  @Test
  void aPairOfOneFactorIsRefused() {
    assertThatThrownBy(() -> Pair.of(Level.CAP_HIT, Level.CAP_NOT_HIT))
        .hasMessageContaining("CAP_NOT_HIT");
  }
}
