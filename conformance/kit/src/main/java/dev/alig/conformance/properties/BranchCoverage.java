package dev.alig.conformance.properties;

import dev.alig.conformance.cases.Margin;
import dev.alig.conformance.cases.Margin.Distance;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.StepCase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Draws cases around a threshold until the subject has taken both branches, at each distance from
 * the threshold and in each dtype.
 *
 * @param threshold its name, for messages
 * @param generator draws the cases
 * @param run compares a case and returns the branch that the subject took; empty if the subject
 *     cannot run the case
 */
record BranchCoverage(
    String threshold, Generator generator, Function<StepCase, Optional<Branch>> run) {
  /**
   * Rounding errors take a subject across its threshold in about a tenth of the cases on it. So
   * this many draws without one are no accident.
   */
  private static final int MOST_DRAWS = 300;

  /** Draws a case around a threshold. */
  interface Generator {
    /** A case of this dtype with the threshold at this margin. */
    StepCase draw(DType dtype, Margin margin, SplittableRandom random);
  }

  /** What the subject did at the threshold. */
  enum Branch {
    /** The cap decided, or the projection scaled. */
    CUT,
    /** The number was left as it was. */
    KEPT;

    static Branch of(boolean cut) {
      return cut ? CUT : KEPT;
    }
  }

  /**
   * Compares about {@code tries} cases, spread over dtypes and margins, and more until both
   * branches were taken at each distance.
   *
   * @throws IllegalStateException naming the branches that the subject never took, if any
   */
  void cover(int tries, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> missing = new ArrayList<>();
    for (DType dtype : DType.values()) {
      List<Margin> margins = Margin.of(dtype);
      int each = tries / (DType.values().length * margins.size()) + 1;
      for (Distance distance : Distance.values()) {
        List<Margin> there = margins.stream().filter(m -> m.distance() == distance).toList();
        missing.addAll(missing(dtype, distance, there, each, random));
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "%s: both sides must be taken at each distance, but the subject never took %s; either it"
                  .formatted(threshold, String.join(", ", missing))
              + " ignores the threshold there or the cases no longer reach it");
    }
  }

  private List<String> missing(
      DType dtype, Distance distance, List<Margin> margins, int each, SplittableRandom random) {
    Set<Branch> taken = EnumSet.noneOf(Branch.class);
    int draws = 0;
    while (draws < each || (taken.size() == 1 && draws < MOST_DRAWS)) {
      for (Margin margin : margins) {
        run.apply(generator.draw(dtype, margin, random)).ifPresent(taken::add);
      }
      draws++;
    }
    return taken.size() == 1 && !margins.isEmpty()
        ? List.of(
            "%s at %s in %s"
                .formatted(EnumSet.complementOf(EnumSet.copyOf(taken)), distance, dtype))
        : List.of();
  }
}
