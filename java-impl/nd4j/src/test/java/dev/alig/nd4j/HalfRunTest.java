package dev.alig.nd4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.StepReport;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whole runs on the half types against runs recorded from the authors' optimizer. */
class HalfRunTest {
  private static final int TENSORS = 2;

  @Test
  void followsTheAuthorsOptimizerBitForBit() throws IOException {
    Deque<String> lines = lines();
    int runs = 0;
    while (!lines.isEmpty()) {
      replay(lines);
      runs++;
    }
    assertThat(runs).isEqualTo(8);
  }

  private static void replay(Deque<String> lines) {
    String[] start = lines.remove().split(",", -1);
    assertThat(start[0]).isEqualTo("start");
    DataType type = start[1].equals("HALF") ? DataType.FLOAT16 : DataType.BFLOAT16;
    List<INDArray> parameters = arrays(lines, type);
    AliG optimizer =
        AliG.builder()
            .momentumForm(MomentumForm.valueOf(start[2]))
            .maxLearningRate(Double.parseDouble(start[3]))
            .momentum(Double.parseDouble(start[4]))
            .eps(Double.parseDouble(start[5]))
            .l2Ball(Double.parseDouble(start[6]))
            .parameters(parameters.toArray(INDArray[]::new))
            .build();
    while (!lines.isEmpty() && lines.element().startsWith("step")) {
      String[] step = lines.remove().split(",", -1);
      StepReport report = optimizer.step(Double.parseDouble(step[1]), arrays(lines, type));
      assertThat(report.unclippedStepSize()).isEqualTo(Double.valueOf(step[2]));
      assertThat(report.stepSizes()).containsExactly(Double.valueOf(step[3]));
      for (INDArray parameter : parameters) {
        assertThat(Values.of(parameter)).isEqualTo(numbers(lines));
      }
      for (int i = 0; i < TENSORS; i++) {
        List<Double> momentum = optimizer.momentumBuffer(0, i).map(Values::of).orElse(List.of());
        assertThat(momentum).isEqualTo(numbers(lines));
      }
    }
  }

  private static List<INDArray> arrays(Deque<String> lines, DataType type) {
    List<INDArray> arrays = new ArrayList<>();
    for (int i = 0; i < TENSORS; i++) {
      double[] values = numbers(lines).stream().mapToDouble(Double::doubleValue).toArray();
      arrays.add(Values.vector(type, values));
    }
    return arrays;
  }

  private static List<Double> numbers(Deque<String> lines) {
    return Values.parse(lines.remove().substring(2));
  }

  private static Deque<String> lines() throws IOException {
    try (InputStream in = HalfRunTest.class.getResourceAsStream("half-runs.csv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      Deque<String> lines = new ArrayDeque<>(text.lines().toList());
      lines.removeIf(line -> line.startsWith("#"));
      return lines;
    }
  }
}
