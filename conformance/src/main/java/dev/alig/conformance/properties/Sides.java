package dev.alig.conformance.properties;

import dev.alig.conformance.DType;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.Margin;
import dev.alig.conformance.cases.Margin.Distance;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Draws cases about a threshold and keeps count of the branches that the subject takes, until it
 * has taken both at each distance from the threshold, in each dtype.
 */
final class Sides {
  /**
   * Rounding errors take a subject across its threshold in about a tenth of the cases on it, so
   * that more draws than this without one are no accident.
   */
  private static final int MOST_DRAWS = 300;

  private final String threshold;
  private final Generator generator;
  private final Function<Scripted, Optional<Side>> run;

  /** Draws a case about a threshold. */
  interface Generator {
    /** A case of this dtype, with the threshold placed like this. */
    Scripted draw(DType dtype, Margin margin, SplittableRandom random);
  }

  /** What became of what might cross the threshold. */
  enum Side {
    /** It was cut: the cap decided, or the projection scaled. */
    CUT,
    /** It was left as it was. */
    KEPT;

    static Side of(boolean cut) {
      return cut ? CUT : KEPT;
    }
  }

  /**
   * About one threshold.
   *
   * @param threshold its name, for messages
   * @param generator draws the cases
   * @param run compares a case, and tells the side that the subject took; empty if the subject
   *     cannot run it
   */
  Sides(String threshold, Generator generator, Function<Scripted, Optional<Side>> run) {
    this.threshold = threshold;
    this.generator = generator;
    this.run = run;
  }

  /**
   * Compares about {@code tries} cases, spread over dtypes and margins, and as many more as it
   * takes to see both sides at each distance.
   *
   * @throws IllegalStateException naming the sides that the subject never took, if there are any
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
    Set<Side> taken = EnumSet.noneOf(Side.class);
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
