package dev.alig.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4.9e-324, 1",
    "0x1p-16, 1",
    "0x1.0000000000001p-16, 2",
    "0.25, 15",
    "0.3, 16",
    "0.5, 16",
    "0x1.0000000000001p-1, 17",
    "1, 17"
  })
  void aRatioFallsIntoTheBucketWhoseEdgeItDoesNotPass(String ratio, int bucket) {
    assertThat(Histogram.bucket(Double.parseDouble(ratio))).isEqualTo(bucket);
  }

  @Test
  void everyEdgeBelongsToItsOwnBucketAndWhatFollowsToTheNext() {
    for (int bucket = 1; bucket < Histogram.BUCKETS - 1; bucket++) {
      double edge = Histogram.edge(bucket);
      assertThat(Histogram.bucket(edge)).isEqualTo(bucket);
      assertThat(Histogram.bucket(Math.nextUp(edge))).isEqualTo(bucket + 1);
    }
    assertThat(Histogram.edge(Histogram.BUCKETS - 1)).isEqualTo(1);
  }

  @Test
  void countsOfTwoAddUp() {
    Histogram.Counter one = new Histogram.Counter();
    one.count(0);
    one.count(0.75);
    Histogram.Counter other = new Histogram.Counter();
    other.count(0.75);
    Histogram both = one.histogram().and(other.histogram());
    assertThat(both.counts().get(0)).isEqualTo(1);
    assertThat(both.counts().get(Histogram.BUCKETS - 1)).isEqualTo(2);
    assertThat(both.total()).isEqualTo(3);
  }

  @Test
  void anotherNumberOfBucketsIsRefused() {
    assertThatThrownBy(() -> new Histogram(List.of(1L)))
        .hasMessage("a histogram has 18 buckets, were 1");
  }
}
