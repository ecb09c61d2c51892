package dev.alig.conformance.releases;

import dev.alig.conformance.releases.Observer.Unobservable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds the first release that shows a difference, by halving.
 *
 * <p>Both ends are looked at first. What is searched for is a difference between subject and oracle
 * where BAD has one and GOOD has none; where both or neither have one, other bits of the oracle
 * than GOOD's. A release that cannot be looked at is left out, and named.
 */
final class Bisection {
  private final Observer observer;
  private final PrintStream out;
  private final Map<Version, String> leftOut = new TreeMap<>();

  /** How a search ended. */
  sealed interface Outcome {
    /** The ends are not what was claimed of them. */
    record NotAsClaimed(String why) implements Outcome {}

    /**
     * The first release that shows what was searched for.
     *
     * @param searched what was searched for, in words
     * @param lastWithout the last release without it
     * @param firstWith the first that shows it
     * @param leftOut releases in between that could not be looked at, with the reasons
     */
    record Found(
        String searched,
        Version lastWithout,
        Version firstWith,
        Observation before,
        Observation after,
        Map<Version, String> leftOut)
        implements Outcome {}
  }

  Bisection(Observer observer, PrintStream out) {
    this.observer = observer;
    this.out = out;
  }

  /**
   * Searches.
   *
   * @param releases from GOOD to BAD, both included, in the order of the search
   */
  Outcome search(List<Version> releases) throws IOException {
    Version good = releases.get(0);
    Version bad = releases.get(releases.size() - 1);
    Observation atGood;
    Observation atBad;
    try {
      atGood = look(good);
      atBad = look(bad);
    } catch (Unobservable e) {
      return new Outcome.NotAsClaimed(
          "an end of the search cannot be looked at: " + e.getMessage());
    }
    if (atGood.differs() && !atBad.differs()) {
      return new Outcome.NotAsClaimed(
          "torch %s, said to be good, differs, and torch %s, said to be bad, does not:%n%s"
              .formatted(good, bad, atGood.facts()));
    }
    if (atBad.differs() && !atGood.differs()) {
      return halve("subject and oracle differ", releases, atGood, atBad, found -> found.differs());
    }
    if (!atGood.bits().equals(atBad.bits())) {
      String searched = "the oracle's bits are not those of torch " + good;
      return halve(searched, releases, atGood, atBad, found -> !found.bits().equals(atGood.bits()));
    }
    return new Outcome.NotAsClaimed(
        "torch %s and torch %s show the same: %s, and the same bits of the oracle.%n%s"
            .formatted(
                good, bad, atBad.differs() ? "both differ" : "neither differs", atBad.facts()));
  }

  private Outcome halve(
      String searched,
      List<Version> releases,
      Observation atGood,
      Observation atBad,
      Predicate<Observation> shows)
      throws IOException {
    out.printf("searching for: %s%n", searched);
    List<Version> left = new ArrayList<>(releases);
    Observation before = atGood;
    Observation after = atBad;
    while (left.size() > 2) {
      Version middle = left.get(left.size() / 2);
      out.printf("releases in between: %d%n", left.size() - 2);
      try {
        Observation found = look(middle);
        int at = left.indexOf(middle);
        if (shows.test(found)) {
          after = found;
          left = new ArrayList<>(left.subList(0, at + 1));
        } else {
          before = found;
          left = new ArrayList<>(left.subList(at, left.size()));
        }
      } catch (Unobservable e) {
        out.printf("torch %s is left out: %s%n", middle, e.getMessage());
        leftOut.put(middle, String.valueOf(e.getMessage()));
        left.remove(middle);
      }
    }
    Version last = left.get(0);
    Version first = left.get(1);
    leftOut.keySet().removeIf(version -> !isBetween(version, last, first));
    return new Outcome.Found(searched, last, first, before, after, new TreeMap<>(leftOut));
  }

  private static boolean isBetween(Version version, Version one, Version other) {
    return version.compareTo(one) * version.compareTo(other) < 0;
  }

  private Observation look(Version version) throws IOException, Unobservable {
    Observation found = observer.observe(version);
    out.printf(
        "torch %s: %s, bits %s%n",
        version, found.differs() ? "differs" : "does not differ", found.bits());
    out.flush();
    return found;
  }
}
