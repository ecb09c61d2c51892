package dev.alig.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Setting;
import java.util.Arrays;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class StepBenchmarkTest {
  @Test
  void jmhKnowsEveryContenderOfThisJvmThatFitsAnySize() throws NoSuchFieldException {
    Param param = StepBenchmark.class.getDeclaredField("contender").getAnnotation(Param.class);
    assertThat(param.value())
        .containsExactlyInAnyOrder(
            Arrays.stream(Contender.values())
                .filter(contender -> !contender.isPython() && contender.fits(Setting.base(1000)))
                .map(Enum::name)
                .toArray(String[]::new));
  }

  @Test
  void jmhRunsAStep() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(StepBenchmark.class.getName())
                    .param("contender", "OURS")
                    .param("n", "10")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(1))
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    assertThat(results).hasSize(1);
    assertThat(results.iterator().next().getPrimaryResult().getScore()).isPositive();
  }
}
