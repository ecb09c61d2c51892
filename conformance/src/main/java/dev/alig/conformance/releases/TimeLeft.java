package dev.alig.conformance.releases;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** How long the releases to come will take, judged by those that ran. */
final class TimeLeft {
  private TimeLeft() {}

  /**
   * The estimate in words, such as {@code 3 left, 2 of them to be set up: about 14 min}.
   *
   * @param done the releases that ran
   * @param left those to come
   * @param isThere whether the environment of one need not be set up
   */
  static String of(List<ReleaseResult> done, List<Version> left, Predicate<Version> isThere) {
    long number = left.stream().filter(isThere.negate()).count();
    OptionalDouble setUp =
        done.stream()
            .map(ReleaseResult::setUp)
            .filter(ReleaseResult.SetUp::built)
            .mapToDouble(ReleaseResult.SetUp::seconds)
            .average();
    OptionalDouble gate =
        done.stream()
            .filter(ReleaseResult::isComplete)
            .mapToDouble(ReleaseResult::gateSeconds)
            .average();
    double seconds = left.size() * gate.orElse(0) + number * setUp.orElse(0);
    boolean known = gate.isPresent() && (number == 0 || setUp.isPresent());
    return String.format(
        Locale.ROOT,
        "%d left%s: %s %.0f min",
        left.size(),
        number == 0 ? "" : ", %d of them to be set up".formatted(number),
        known ? "about" : "more than",
        Math.ceil(seconds / 60));
  }
}
