package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.alig.MomentumForm;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A step in place needs no memory per parameter, beside parameters, gradients and momentum. */
class StepMemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int FEW = 10_000;
  private static final int MANY = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    "FLOAT, 0, STANDARD, Infinity",
    "FLOAT, 0.9, STANDARD, Infinity",
    "FLOAT, 0.9, ADJUSTED, 1",
    "DOUBLE, 0.9, STANDARD, 1"
  })
  void aStepAllocatesTheSameForFewParametersAsForMany(
      DataType type, double momentum, MomentumForm form, double radius) {
    Stepping few = new Stepping(type, momentum, form, radius, FEW);
    Stepping many = new Stepping(type, momentum, form, radius, MANY);
    assertThat(many.heap()).isLessThan(few.heap() + MANY / 10);
    assertThat(many.offHeap()).isZero();
  }

  /** What the measurement would show if a step copied its arrays, as it does for this gradient. */
  @Test
  void copiesWouldShow() {
    INDArray gapped = Nd4j.rand(DataType.FLOAT, MANY, 2).getColumn(0);
    Stepping copying = new Stepping(DataType.FLOAT, 0, MomentumForm.STANDARD, 1, gapped);
    assertThat(copying.heap()).isGreaterThan(Float.BYTES * MANY);
  }

  private static final class Stepping {
    private static final int STEPS = 5;

    private final AliG optimizer;
    private final INDArray gradient;

    Stepping(DataType type, double momentum, MomentumForm form, double radius, int n) {
      this(type, momentum, form, radius, Nd4j.rand(type, n));
    }

    Stepping(DataType type, double momentum, MomentumForm form, double radius, INDArray gradient) {
      this.gradient = gradient;
      INDArray parameters = Nd4j.rand(type, gradient.length());
      optimizer =
          AliG.builder()
              .maxLearningRate(0.1)
              .momentum(momentum)
              .momentumForm(form)
              .l2Ball(radius)
              .parameters(parameters)
              .build();
      step();
    }

    private void step() {
      for (int i = 0; i < STEPS; i++) {
        optimizer.step(1, gradient);
      }
    }

    /** The bytes that all threads allocate per step. */
    long heap() {
      long[] threads = THREADS.getAllThreadIds();
      long before = Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).sum();
      step();
      return (Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).sum() - before) / STEPS;
    }

    /** The bytes of ND4J's memory that a step allocates. */
    long offHeap() {
      long before = Pointer.totalBytes();
      optimizer.step(1, gradient);
      return Pointer.totalBytes() - before;
    }
  }
}
