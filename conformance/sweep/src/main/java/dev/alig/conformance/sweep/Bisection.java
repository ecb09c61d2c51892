package dev.alig.conformance.sweep;

import dev.alig.conformance.sweep.Observation.Blame;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds the first release of torch that shows a difference, by binary search.
 *
 * <p>It observes both ends first. If subject and oracle differ on BAD but not on GOOD, it searches
 * for that difference. If they differ on both or on neither, it searches for the first release on
 * which the oracle's bits are not those of GOOD. It skips releases that cannot be observed and
 * names them.
 */
record Bisection(Observer observer, PrintStream out) {
  /** Observes a case or a probe on one release. */
  @FunctionalInterface
  interface Observer {
    /** Sets the release up and observes it. */
    Observation observe(String torch) throws IOException, Unobservable;
  }

  /** A release cannot be set up or observed. */
  static final class Unobservable extends Exception {
    private static final long serialVersionUID = 1L;

    Unobservable(String message) {
      super(message);
    }
  }

  /**
   * Searches, and prints the result.
   *
   * @param releases from GOOD to BAD, both included
   * @return whether a release was found
   */
  boolean search(List<String> releases) throws IOException {
    String good = releases.get(0);
    String bad = releases.get(releases.size() - 1);
    Observation atGood;
    Observation atBad;
    try {
      atGood = look(good);
      atBad = look(bad);
    } catch (Unobservable e) {
      out.println("an end of the search cannot be looked at: " + e.getMessage());
      return false;
    }
    if (atGood.differs() && !atBad.differs()) {
      out.printf("torch %s, said to be good, differs, and torch %s, said to be bad,", good, bad);
      out.printf(" does not:%n%s%n", atGood.facts());
      return false;
    }
    if (atBad.differs() && !atGood.differs()) {
      halve("subject and oracle differ", releases, atGood, atBad, Observation::differs);
      return true;
    }
    if (atGood.bits().equals(atBad.bits())) {
      String both = atBad.differs() ? "both differ" : "neither differs";
      out.printf("torch %s and torch %s show the same: %s, and the same", good, bad, both);
      out.printf(" bits of the oracle.%n%s%n", atBad.facts());
      return false;
    }
    halve(
        "the oracle's bits are not those of torch " + good,
        releases,
        atGood,
        atBad,
        found -> !found.bits().equals(atGood.bits()));
    return true;
  }

  private void halve(
      String searched,
      List<String> releases,
      Observation atGood,
      Observation atBad,
      Predicate<Observation> shows)
      throws IOException {
    out.printf("searching for: %s%n", searched);
    List<String> left = new ArrayList<>(releases);
    Map<String, String> leftOut = new TreeMap<>(Releases.OLDEST_FIRST);
    Observation before = atGood;
    Observation after = atBad;
    while (left.size() > 2) {
      String middle = left.get(left.size() / 2);
      try {
        Observation found = look(middle);
        boolean there = shows.test(found);
        after = there ? found : after;
        before = there ? before : found;
        int at = left.indexOf(middle);
        left = new ArrayList<>(there ? left.subList(0, at + 1) : left.subList(at, left.size()));
      } catch (Unobservable e) {
        leftOut.put(middle, String.valueOf(e.getMessage()));
        left.remove(middle);
      }
    }
    String last = left.get(0);
    String first = left.get(1);
    out.printf("first      torch %s: %s%n", first, searched);
    out.printf("last       torch %s without it%n", last);
    leftOut.keySet().retainAll(releases.subList(releases.indexOf(last), releases.indexOf(first)));
    leftOut.forEach((torch, why) -> out.printf("left out   torch %s: %s%n", torch, why));
    out.printf("to blame   %s%s%n", after.blame().words, whatChanged(before, after));
    out.printf("before     %s%n", before.facts().replace("\n", "\n           "));
    out.printf("after      %s%n", after.facts().replace("\n", "\n           "));
  }

  /**
   * Says whether bits within the bounds changed in all of torch's kernels or only in those for this
   * processor.
   */
  private static String whatChanged(Observation before, Observation after) {
    if (after.blame() != Blame.NOBODY) {
      return "";
    }
    if (before.portable().isEmpty() || after.portable().isEmpty()) {
      return "; the oracle's bits are others";
    }
    return before.portable().equals(after.portable())
        ? "; torch's kernels for this processor compute other bits, its portable ones the same"
        : "; torch computes other bits, with portable kernels too";
  }

  private Observation look(String torch) throws IOException, Unobservable {
    Observation found = observer.observe(torch);
    String differs = found.differs() ? "differs" : "does not differ";
    out.printf("torch %s: %s, bits %s%n", torch, differs, found.bits());
    return found;
  }
}
