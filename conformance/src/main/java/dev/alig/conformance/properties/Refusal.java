package dev.alig.conformance.properties;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.SpecialPoint;
import dev.alig.conformance.cases.SpecialSlot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether a subject truly refuses a case that it calls inapplicable: its construction must throw an
 * {@link IllegalArgumentException} that names a setting which is special in the case.
 */
final class Refusal {
  private Refusal() {}

  /** Empty if the subject refuses the case as it should. */
  static Optional<Verdict> of(SpecialPoint point, Scripted scripted, Implementation subject) {
    List<String> names = names(point);
    String found;
    try {
      subject.run(withoutSteps(scripted));
      found = "no exception";
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      if (names.stream().anyMatch(message::contains)) {
        return Optional.empty();
      }
      found = e.toString();
    } catch (RuntimeException e) {
      found = e.toString();
    }
    String why = subject.inapplicable(scripted).orElse("");
    return Optional.of(
        new Verdict.Differs(
            Difference.of(
                "construction",
                "IllegalArgumentException that names one of " + names,
                found,
                "nothing: the subject calls the case inapplicable, because " + why)));
  }

  /** Where no setting is special any of them may be what the subject does not have at all. */
  private static List<String> names(SpecialPoint point) {
    List<SpecialSlot> special = point.specialSettings();
    List<SpecialSlot> settings =
        special.isEmpty()
            ? Arrays.stream(SpecialSlot.values()).filter(SpecialSlot::isSetting).toList()
            : special;
    return settings.stream().flatMap(slot -> slot.names().stream()).toList();
  }

  private static Scripted withoutSteps(Scripted c) {
    return new Scripted(
        c.id(), c.dtype(), c.eps(), c.form(), c.radius(), c.groups(), List.of(), c.resumed());
  }
}
