package dev.alig.conformance.report.page;

import dev.alig.conformance.model.Histogram;
import dev.alig.conformance.report.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A drawing of how close the numbers of subject and oracle came to their bounds, for one dtype.
 * Each bucket has two bars. Their height is the logarithm of the count, because the few numbers
 * near their bounds matter most.
 *
 * @param total how many numbers the subject has
 * @param summary the drawing in words
 * @param bars the bars of both
 * @param lines the powers of ten
 * @param ticks the labels below
 * @param buckets the numbers behind the drawing
 */
record HistogramView(
    String dtype,
    long total,
    String summary,
    List<Bar> bars,
    List<Line> lines,
    List<Tick> ticks,
    List<Bucket> buckets) {
  private static final int LEFT = 34;
  private static final int TOP = 10;
  private static final int HEIGHT = 130;
  private static final int SLOT = 18;
  private static final int BAR = 7;

  /** The height of a count of 1. */
  private static final double LEAST = 0.5;

  /** A bar; {@code side} chooses its colour. */
  record Bar(String side, int x, String y, String height) {}

  /** A horizontal line with its label. */
  record Line(String y, String labelY, String label) {}

  /** A label of the horizontal axis. */
  record Tick(int x, String label) {}

  /** A row of the table behind the drawing. */
  record Bucket(String upTo, long subject, long oracle) {}

  static HistogramView of(String subject, Report.Ratios ratios) {
    long most =
        Math.max(Collections.max(ratios.subject()), Math.max(1, Collections.max(ratios.oracle())));
    double decades = Math.max(1, Math.ceil(Math.log10((double) most)));
    List<Bar> bars = new ArrayList<>();
    for (int bucket = 0; bucket < Histogram.BUCKETS; bucket++) {
      int x = LEFT + 2 + bucket * SLOT;
      add(bars, "of-subject", x, ratios.subject().get(bucket), decades);
      add(bars, "of-oracle", x + BAR + 1, ratios.oracle().get(bucket), decades);
    }
    return new HistogramView(
        ratios.dtype(),
        sum(ratios.subject()),
        side(subject, ratios.subject()) + "; " + side("the oracle", ratios.oracle()) + ".",
        bars,
        lines(decades),
        axis(),
        buckets(ratios));
  }

  private static void add(List<Bar> bars, String side, int x, long count, double decades) {
    if (count > 0) {
      double height = height(Math.log10((double) count), decades);
      bars.add(new Bar(side, x, number(TOP + HEIGHT - height), number(height)));
    }
  }

  private static double height(double exponent, double decades) {
    return HEIGHT * (exponent + LEAST) / (decades + LEAST);
  }

  private static List<Line> lines(double decades) {
    int every = decades > 4 ? 2 : 1;
    return IntStream.rangeClosed(0, (int) decades)
        .filter(exponent -> exponent % every == 0)
        .mapToObj(
            exponent -> {
              double y = TOP + HEIGHT - height(exponent, decades);
              return new Line(number(y), number(y + 4), label(exponent));
            })
        .toList();
  }

  private static String label(int exponent) {
    String[] units = {"", "k", "M", "G", "T", "P", "E"};
    return "1" + "0".repeat(exponent % 3) + units[exponent / 3];
  }

  private static List<Tick> axis() {
    return IntStream.range(0, Histogram.BUCKETS)
        .filter(bucket -> bucket <= 1 || (Histogram.BUCKETS - 1 - bucket) % 4 == 0)
        .filter(bucket -> bucket != 1)
        .mapToObj(bucket -> new Tick(LEFT + 2 + bucket * SLOT + BAR, edge(bucket)))
        .toList();
  }

  /** The upper end of a bucket as a power of two. */
  private static String edge(int bucket) {
    int exponent = Histogram.BUCKETS - 1 - bucket;
    if (bucket == 0) {
      return "exact";
    }
    StringBuilder digits = new StringBuilder();
    Integer.toString(exponent).chars().forEach(c -> digits.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0')));
    return exponent == 0 ? "1" : "2⁻" + digits;
  }

  private static List<Bucket> buckets(Report.Ratios ratios) {
    return IntStream.range(0, Histogram.BUCKETS)
        .mapToObj(
            bucket ->
                new Bucket(edge(bucket), ratios.subject().get(bucket), ratios.oracle().get(bucket)))
        .toList();
  }

  private static String side(String who, List<Long> counts) {
    long total = sum(counts);
    long exact = counts.get(0);
    long near = counts.get(Histogram.BUCKETS - 1);
    return "%s: %s, %s exact, %s beyond half of the bound"
        .formatted(
            who,
            Words.count(total, "number"),
            Words.percent(exact, total),
            Words.percent(near, total));
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
