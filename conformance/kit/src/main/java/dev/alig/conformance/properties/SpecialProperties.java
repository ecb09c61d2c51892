package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.SPECIAL_VALUES;

import dev.alig.conformance.cases.SpecialPoint;
import dev.alig.conformance.cases.SpecialValues;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.run.ConformanceSettings;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Claims about numbers at the ends of the dtype, wherever they stand. */
interface SpecialProperties extends SubjectProperties {
  /** All pairs in a run of the default size; in a smaller run one per try. */
  @Property
  @Checks(SPECIAL_VALUES)
  default void specialValuesPropagateInPairs() {
    ConformanceSettings settings = conformanceRun().settings();
    List<SpecialPoint> points = SpecialValues.pairs(settings.seed());
    boolean all = settings.tries() >= ConformanceSettings.DEFAULT_TRIES;
    points.stream().limit(all ? points.size() : settings.tries()).forEach(this::agreeOrRefuse);
  }

  @Property
  @Checks(SPECIAL_VALUES)
  default void specialValuesPropagateAnywhere(@ForAll("specialAnywhere") SpecialPoint point) {
    agreeOrRefuse(point);
  }

  @Provide
  default Arbitrary<SpecialPoint> specialAnywhere() {
    return SpecialValues.anywhere();
  }

  /** A subject that calls a case inapplicable must refuse to be constructed for it. */
  private void agreeOrRefuse(SpecialPoint point) {
    StepCase scripted = point.scripted();
    agree(scripted);
    if (subject().inapplicable(scripted).isPresent()) {
      Refusal.of(point, scripted, subject())
          .ifPresent(differs -> PropertyStatistics.current().count(differs, scripted));
    }
  }
}
