package dev.alig.conformance.properties;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.SpecialPoint;
import dev.alig.conformance.cases.SpecialSlot;
import dev.alig.conformance.model.StepCase;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a subject truly refuses a case that it calls inapplicable: its construction must throw an
 * {@link IllegalArgumentException} that names a setting which is special in the case, or the one
 * that the subject gives as its reason.
 */
final class Refusal {
  /** What a subject may ask of a step, where it has to be given the step to refuse it. */
  private static final String GRADIENT = "gradient";

  private static final List<String> SETTINGS =
      Stream.concat(
              Arrays.stream(SpecialSlot.values())
                  .filter(SpecialSlot::isSetting)
                  .flatMap(slot -> slot.names().stream()),
              Stream.of("momentumForm", GRADIENT))
          .toList();

  private Refusal() {}

  /** Empty if the subject refuses the case as it should. */
  static Optional<Verdict> of(SpecialPoint point, StepCase scripted, Implementation subject) {
    String why = subject.inapplicable(scripted).orElse("");
    List<String> names = names(point, why);
    String found;
    try {
      subject.run(why.contains(GRADIENT) ? scripted : withoutSteps(scripted));
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
    return Optional.of(
        new Verdict.Differs(
            Difference.of(
                "construction",
                "IllegalArgumentException that names one of " + names,
                found,
                "nothing: the subject calls the case inapplicable, because " + why)));
  }

  /** The settings that are special, and the one that the subject says it cannot run. */
  private static List<String> names(SpecialPoint point, String why) {
    Stream<String> special = point.specialSettings().stream().flatMap(s -> s.names().stream());
    return Stream.concat(special, SETTINGS.stream().filter(why::contains)).distinct().toList();
  }

  private static StepCase withoutSteps(StepCase c) {
    return new StepCase(
        c.id(), c.dtype(), c.eps(), c.form(), c.radius(), c.groups(), List.of(), c.resumed());
  }
}
