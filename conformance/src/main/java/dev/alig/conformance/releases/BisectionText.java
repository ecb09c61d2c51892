package dev.alig.conformance.releases;

import dev.alig.conformance.releases.Bisection.Outcome;

/** What a search found, in words. */
final class BisectionText {
  private BisectionText() {}

  static String of(Outcome outcome) {
    if (outcome instanceof Outcome.NotAsClaimed not) {
      return not.why() + System.lineSeparator();
    }
    Outcome.Found found = (Outcome.Found) outcome;
    StringBuilder text = new StringBuilder();
    text.append("first      torch %s: %s%n".formatted(found.firstWith(), found.searched()));
    text.append("last       torch %s without it%n".formatted(found.lastWithout()));
    found
        .leftOut()
        .forEach(
            (version, why) -> text.append("left out   torch %s: %s%n".formatted(version, why)));
    text.append("to blame   %s%n".formatted(blame(found)));
    text.append("before     %s%n".formatted(indented(found.before().facts())));
    text.append("after      %s%n".formatted(indented(found.after().facts())));
    return text.toString();
  }

  private static String blame(Outcome.Found found) {
    Blame blame = found.after().blame();
    return blame == Blame.NOBODY ? blame.words() + "; " + whatChanged(found) : blame.words();
  }

  /** Bits that changed within the bounds: torch's in general, or those for this processor. */
  private static String whatChanged(Outcome.Found found) {
    String before = found.before().portable();
    String after = found.after().portable();
    if (before.isEmpty() || after.isEmpty()) {
      return "the oracle's bits are others";
    }
    return before.equals(after)
        ? "torch's kernels for this processor compute other bits, its portable ones the same"
        : "torch computes other bits, with portable kernels too";
  }

  private static String indented(String facts) {
    return facts.replace("\n", "\n           ");
  }
}
