package dev.alig.benchmark.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.benchmark.race.Pace;
import dev.alig.conformance.Scripted;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
import dev.alig.python.PythonEnvironment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BridgeTest {
  private static final PythonEnvironment PYTHON =
      PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), Progress.to(System.err));

  private static final Bridge BRIDGE = new Bridge(PYTHON);

  @AfterAll
  static void close() {
    BRIDGE.close();
  }

  @Test
  void bothWaysTakeTheSameStep() {
    int elements = 5;
    Scripted scripted = OneStep.of(elements);
    double[] states = BRIDGE.statesOverPipes(scripted);
    assertThat(states).hasSize(4 * elements);
    double[] before = scripted.groups().get(0).parameters().get(0).toArray();
    double[] after = Arrays.copyOfRange(states, 2 * elements, 3 * elements);
    assertThat(Arrays.copyOf(states, elements)).isEqualTo(before);
    assertThat(after).isEqualTo(BRIDGE.parametersInProcess(scripted)).isNotEqualTo(before);
  }

  @Test
  void measuresEverySizeAndComparesSteps() {
    BridgeResult result = BRIDGE.measure(List.of(1, 3), new Pace(2, 0.001, 0.001), 1);
    assertThat(result.crossings()).extracting(Crossing::elements).containsExactly(1, 3);
    for (Crossing crossing : result.crossings()) {
      for (Split split : List.of(crossing.inProcess(), crossing.overPipes())) {
        assertThat(split.empty()).hasSize(2).allSatisfy(micros -> assertThat(micros).isPositive());
        assertThat(split.whole()).hasSize(2).allSatisfy(micros -> assertThat(micros).isPositive());
      }
    }
    assertThat(result.comparedSteps()).hasSize(2).allSatisfy(s -> assertThat(s).isPositive());
  }

  @Test
  void aSplitAddsUpRoundByRound() {
    Split split = new Split(List.of(1.0, 2.0), List.of(5.0, 7.0), List.of(15.0, 27.0));
    assertThat(split.call().median()).isEqualTo(1.5);
    assertThat(split.conversion().median()).isEqualTo(4.5);
    assertThat(split.torch().median()).isEqualTo(15);
  }
}
