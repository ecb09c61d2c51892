package dev.alig.nd4j;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.nd4j.GradientSum.Origin;
import dev.alig.nd4j.GradientSum.Total;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientSumTest {
  private static final Origin ORIGIN = Origin.of(7, new double[] {1, 2});

  private static double number(long index) {
    return new Random(index).nextGaussian();
  }

  private static GradientSum part(long index) {
    double[] gradient = {number(index), -number(index)};
    return GradientSum.of(ORIGIN, index, index + 1.0, number(index), gradient);
  }

  private static List<GradientSum> parts(int count) {
    return LongStream.range(0, count)
        .mapToObj(GradientSumTest::part)
        .collect(toCollection(ArrayList::new));
  }

  private static GradientSum sum(List<GradientSum> parts) {
    return parts.stream().reduce(GradientSum::plus).orElseThrow();
  }

  /** The definition: the first half of the smallest range of 2^k indices, then the rest. */
  private static double tree(int from, int to) {
    if (to == from + 1) {
      return number(from);
    }
    int middle = from + Integer.highestOneBit(to - from - 1);
    return tree(from, middle) + tree(middle, to);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 13, 64, 100})
  void theSumIsThatOfTheTreeInAnyOrder(int count) {
    for (int seed = 0; seed < 20; seed++) {
      List<GradientSum> parts = parts(count);
      Collections.shuffle(parts, new Random(seed));
      while (parts.size() > 1) {
        int other = new Random(seed + parts.size()).nextInt(parts.size() - 1);
        parts.add(parts.remove(parts.size() - 1).plus(parts.remove(other)));
      }
      Total total = parts.get(0).total();
      assertThat(total.loss()).isEqualTo(tree(0, count));
      assertThat(total.gradient()).containsExactly(tree(0, count), -tree(0, count));
      assertThat(total.weight()).isEqualTo(count * (count + 1) / 2.0);
      assertThat(parts.get(0).count()).isEqualTo(count);
    }
  }

  @Test
  void sumsDoNotChange() {
    GradientSum first = part(0);
    byte[] before = first.toBytes();
    double[] gradient = {1, 2};
    GradientSum given = GradientSum.of(ORIGIN, 1, 1, 1, gradient);
    gradient[0] = 5;
    first.plus(given).total().gradient()[0] = 9;
    first.total().gradient()[0] = 9;
    assertThat(first.toBytes()).isEqualTo(before);
    assertThat(first.plus(given).total().gradient()[0]).isEqualTo(number(0) + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 11})
  void bytesKeepEverything(int count) throws StateException {
    GradientSum sum = sum(parts(count));
    GradientSum read = GradientSum.fromBytes(sum.toBytes());
    assertThat(read.toBytes()).isEqualTo(sum.toBytes());
    assertThat(read.origin()).isEqualTo(ORIGIN);
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.plus(part(count)).total().loss()).isEqualTo(tree(0, count + 1));
  }

  @Test
  void aMicroBatchInBothIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sum(parts(8)).plus(part(5)))
        .withMessageContaining("micro-batch 5 is in both sums; give each micro-batch");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> part(6).plus(sum(parts(8))))
        .withMessageContaining("micro-batch 6 is in both sums");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> part(3).plus(part(3)))
        .withMessageContaining("micro-batch 3 is in both sums");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aLossOrAGradientThatIsNotFiniteShows(double value) {
    assertThat(sum(parts(5)).isFinite()).isTrue();
    GradientSum loss = GradientSum.of(ORIGIN, 5, 1, value, new double[] {1, 2});
    GradientSum gradient = GradientSum.of(ORIGIN, 5, 1, 1, new double[] {1, value});
    assertThat(sum(parts(5)).plus(loss).isFinite()).isFalse();
    assertThat(sum(parts(5)).plus(gradient).isFinite()).isFalse();
  }

  @Test
  void aMissingMicroBatchIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> part(0).plus(part(1)).plus(part(3)).total())
        .withMessage(
            "micro-batch 2 is missing from the sum; add every micro-batch from 0 to 3 before the"
                + " step");
    assertThatIllegalStateException()
        .isThrownBy(() -> part(1).total())
        .withMessageContaining("micro-batch 0 is missing");
  }

  @Test
  void sumsOfDifferentStepsCannotBeJoined() {
    GradientSum later = GradientSum.of(new Origin(8, ORIGIN.checksum()), 1, 1, 1, new double[2]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> part(0).plus(later))
        .withMessageContaining("one is of iteration 7 with 2 parameters")
        .withMessageContaining("the other of iteration 8");
    Origin other = Origin.of(7, new double[] {1, 3});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> part(0).plus(GradientSum.of(other, 1, 1, 1, new double[2])))
        .withMessageContaining("join sums of one step only");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> part(0).plus(GradientSum.of(ORIGIN, 1, 1, 1, new double[3])))
        .withMessageContaining("with 3 parameters");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aWeightOutOfRangeIsRefused(double weight) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GradientSum.of(ORIGIN, 0, weight, 1, new double[1]))
        .withMessage("the weight of a micro-batch must be more than 0 and finite, was " + weight);
  }

  @Test
  void anIndexOutOfRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GradientSum.of(ORIGIN, -1, 1, 1, new double[1]))
        .withMessageContaining("from 0 to 1099511627775, was -1");
  }

  @Test
  void aDifferentNumberChangesTheChecksum() {
    double[] many = new double[5000];
    Origin zeros = Origin.of(0, many);
    assertThat(Origin.of(0, many)).isEqualTo(zeros);
    many[4999] = -0.0;
    assertThat(Origin.of(0, many)).isNotEqualTo(zeros);
  }

  /** Each byte counts, also those of the checksum. */
  @Test
  void damagedBytesAreRefused() {
    byte[] bytes = sum(parts(3)).toBytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 16;
      assertThatThrownBy(() -> GradientSum.fromBytes(damaged)).isInstanceOf(StateException.class);
      byte[] cut = Arrays.copyOf(bytes, i);
      assertThatThrownBy(() -> GradientSum.fromBytes(cut)).isInstanceOf(StateException.class);
    }
    bytes[7] = 2;
    assertThatThrownBy(() -> GradientSum.fromBytes(bytes))
        .hasMessageContaining("format version 2, and this release reads 1");
  }
}
