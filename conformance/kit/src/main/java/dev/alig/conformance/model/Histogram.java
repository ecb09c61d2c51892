package dev.alig.conformance.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apiguardian.api.API;

/**
 * How many numbers came how close to their bounds: counts of observed / bound.
 *
 * <p>The first bucket counts the numbers that are exact. Of the others, each reaches twice as far
 * as the one before it, the last one to 1; the second takes all the smaller ratios.
 *
 * @param counts one for each of the {@value #BUCKETS} buckets
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Histogram(List<Long> counts) {
  /** How many buckets there are. */
  public static final int BUCKETS = 18;

  /** Of nothing. */
  public static final Histogram NONE = new Histogram(Collections.nCopies(BUCKETS, 0L));

  /** Checks the number of buckets and copies them. */
  public Histogram {
    if (counts.size() != BUCKETS) {
      throw new IllegalArgumentException(
          "a histogram has %d buckets, were %d".formatted(BUCKETS, counts.size()));
    }
    counts = List.copyOf(counts);
  }

  /** The bucket of a ratio, which is not negative. */
  static int bucket(double ratio) {
    if (ratio == 0) {
      return 0;
    }
    int floor = Math.getExponent(ratio);
    int exponent = ratio > Math.scalb(1.0, floor) ? floor + 1 : floor;
    return Math.min(Math.max(1, BUCKETS - 1 + exponent), BUCKETS - 1);
  }

  /** The largest ratio of a bucket. */
  public static double edge(int bucket) {
    return bucket == 0 ? 0 : Math.scalb(1.0, bucket - (BUCKETS - 1));
  }

  /** Of the numbers of both. */
  public Histogram and(Histogram other) {
    List<Long> sums = new ArrayList<>();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      sums.add(counts.get(bucket) + other.counts.get(bucket));
    }
    return new Histogram(sums);
  }

  /** How many numbers were counted. */
  public long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** Counts ratios one by one. */
  public static final class Counter {
    private final long[] counts = new long[BUCKETS];

    /** Starts at nothing. */
    public Counter() {}

    /** Counts a ratio. */
    public void count(double ratio) {
      counts[bucket(ratio)]++;
    }

    /** What was counted so far. */
    public Histogram histogram() {
      return new Histogram(Arrays.stream(counts).boxed().toList());
    }
  }
}
