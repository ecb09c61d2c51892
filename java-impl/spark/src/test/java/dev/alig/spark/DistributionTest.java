package dev.alig.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.nd4j.GradientSum;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which micro-batch belongs where. */
class DistributionTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "22, 5, 3", "1000, 7, 7", "1000, 64, 3", "999, 100, 16", "3, 8, 8"})
  void eachMicroBatchHasOneTaskAndAPartitionOfItsOwnStepsAndTask(
      long microBatches, int perStep, int tasks) {
    Distribution distribution = new Distribution(microBatches, perStep, tasks);
    Map<Integer, Integer> sizes = new HashMap<>();
    long index = 0;
    for (long step = 0; step < distribution.steps(); step++) {
      assertThat(distribution.start(step)).isEqualTo(index);
      for (int task = 0; task < tasks; task++) {
        int partition = distribution.partition(step, task);
        assertThat(partition).isLessThan(distribution.partitions());
        for (int i = distribution.start(step, task); i < distribution.start(step, task + 1); i++) {
          assertThat(distribution.task(index)).isEqualTo(task);
          sizes.merge(partition, 1, Integer::sum);
          index++;
        }
      }
    }
    assertThat(index).isEqualTo(microBatches);
    assertThat(sizes.values()).allSatisfy(size -> assertThat(size).isLessThan(64 + perStep));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 3", "7, 7", "64, 3", "100, 16", "16, 4"})
  void theNumberOfSumsOfATaskIsKnownBefore(int perStep, int tasks) {
    Distribution distribution = new Distribution(1000, perStep, tasks);
    GradientSum.Origin origin = new GradientSum.Origin(0, 0);
    int empty = GradientSum.of(origin, 0, 1, 0, new double[0]).toBytes().length;
    int header = empty - 28; // a sum has a level, a start, a weight and a loss
    for (int task = 0; task < tasks; task++) {
      GradientSum sum =
          LongStream.range(distribution.start(0, task), distribution.start(0, task + 1))
              .mapToObj(i -> GradientSum.of(origin, i, 1, 0, new double[0]))
              .reduce(GradientSum::plus)
              .orElseThrow();
      assertThat(distribution.sums(task)).isEqualTo((sum.toBytes().length - header) / 28);
    }
  }
}
