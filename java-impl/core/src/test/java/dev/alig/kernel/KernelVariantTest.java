package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alig.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelVariantTest {
  private static final int LENGTH = 3 * MemoryKernel.BLOCK;

  @Test
  void theChosenKernelHasTheNameThatTheDescriptionBeginsWith() {
    assertThat(Kernels.describe()).startsWith(Kernels.chosen().name() + ":");
  }

  @Test
  void aKernelThatThisJvmLacksSaysWhy() {
    if (Kernels.chosen().name().equals("vector")) {
      assertThat(Kernels.variant("vector", 2).vectorBits()).isPositive();
    } else {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> Kernels.variant("vector", 2))
          .withMessageStartingWith("no vector kernel");
    }
  }

  @Test
  void aNameOfNoKernelIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernels.variant("quick", 1))
        .withMessageContaining(
            "no kernel quick with 1 threads; there are [heap, portable, vector]");
    assertThatIllegalArgumentException().isThrownBy(() -> Kernels.variant("heap", 0));
  }

  @Test
  void dataIsCopiedByOneThread() {
    KernelVariant heap = Kernels.variant("heap", 3);
    assertThat(heap.threads()).isEqualTo(1);
    assertThat(heap.stepOnFloats()).isEmpty();
    assertThat(heap.stepOnDoubles()).isEmpty();
  }

  @Test
  void threadsShareFromTheThresholdOn() {
    KernelVariant lowered = Kernels.variant("portable", 2).sharingFrom(LENGTH, 1);
    measure(lowered, LENGTH - 1);
    assertThat(lowered.passesAlone()).isEqualTo(1);
    assertThat(lowered.passesShared()).isZero();
    measure(lowered, LENGTH);
    assertThat(lowered.passesShared()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"portable", "vector"})
  void withoutLoweringThreadsShareFromTheKernelsOwnThresholdOn(String name) {
    int threshold = Thresholds.of(Precision.FLOAT).sharedFrom().get(0);
    assertThat(threshold).isEqualTo(0x10000);
    KernelVariant real = Kernels.variant(name.equals("vector") ? Kernels.chosen().name() : name, 2);
    measure(real, threshold - 1);
    measure(real, threshold);
    assertThat(real.passesShared()).as("one piece is not shared").isZero();
    measure(real, threshold + 1);
    assertThat(real.passesAlone()).isEqualTo(2);
    assertThat(real.passesShared()).isEqualTo(1);
  }

  @Test
  void halfTypesHaveNoThresholds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Thresholds.of(Precision.HALF))
        .withMessage("HALF has no thresholds: its elements are always copied; use FLOAT or DOUBLE");
  }

  @Test
  void lessThanABlockForAThreadIsRefused() {
    KernelVariant real = Kernels.variant("portable", 2);
    assertThatIllegalArgumentException().isThrownBy(() -> real.sharingFrom(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> real.sharingFrom(-1, 1));
  }

  private static void measure(KernelVariant variant, int length) {
    OffHeap memory = new OffHeap(Precision.FLOAT, new double[length], 0);
    FusedStep step = variant.stepOnFloats().orElseThrow();
    step.begin(false);
    step.add(0, length, memory.address(), memory.address(), 0);
    step.measureGradients();
    assertThat(step.sumOfSquares(0)).isZero();
  }
}
