package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.SPECIAL_VALUES;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.SpecialPoint;
import dev.alig.conformance.cases.SpecialValues;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.gate.GateSettings;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Claims about numbers at the ends of the dtype, wherever they stand. */
interface SpecialProperties extends Judged {
  /** All of them in a run of the default size; in a smaller one as many as it has tries. */
  @Property
  @Checks(SPECIAL_VALUES)
  default void specialValuesPropagateInPairs() {
    GateSettings settings = Gate.get().settings();
    List<SpecialPoint> points = SpecialValues.pairs(settings.seed());
    boolean all = settings.tries() >= GateSettings.DEFAULT_TRIES;
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

  /** A case that is called inapplicable must be one that the subject cannot be constructed for. */
  private void agreeOrRefuse(SpecialPoint point) {
    Scripted scripted = point.scripted();
    agree(scripted);
    if (subject().inapplicable(scripted).isPresent()) {
      Refusal.of(point, scripted, subject())
          .ifPresent(differs -> Tally.current().count(differs, scripted));
    }
  }
}
