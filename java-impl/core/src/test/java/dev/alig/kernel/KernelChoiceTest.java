package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** There is always a choice, and it says why it is not a better one. */
class KernelChoiceTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "vector", "portable", "nonsense"})
  void hasKernels(String asked) {
    assertThat(KernelChoice.of(asked).kernels()).isPresent();
  }

  @Test
  void thePortableKernelsCanBeAskedFor() {
    assertThat(KernelChoice.of("portable").describe())
        .startsWith("portable: parts copied to the heap by ")
        .endsWith("(chosen with -Dalig.kernel)");
  }

  @Test
  void heapMeansNoKernelForMemory() {
    KernelChoice choice = KernelChoice.of("heap");
    assertThat(choice.kernels()).isEmpty();
    assertThat(choice.describe())
        .isEqualTo("heap: all data copied to Java arrays (chosen with -Dalig.kernel)");
  }

  @Test
  void anUnknownNameIsReported() {
    assertThat(KernelChoice.of("nonsense").describe())
        .contains("-Dalig.kernel=nonsense names no kernel");
  }

  @Test
  void whatIsMissingForTheVectorKernelsIsNamed() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    String description = KernelChoice.of("vector").describe();
    if (module && Runtime.version().feature() >= 22) {
      assertThat(description).startsWith("vector: ").doesNotContain("(");
    } else {
      assertThat(description).startsWith("portable: ").contains("no vector kernel ");
    }
  }

  @Test
  void thereIsAStepWhereThereAreKernels() {
    assertThat(Kernels.stepOnFloats()).isPresent();
    assertThat(Kernels.stepOnDoubles()).isPresent();
  }

  @Test
  void theDescriptionIsOneLine() {
    assertThat(Kernels.describe()).isNotBlank().doesNotContain("\n").contains(" thread");
  }

  @Test
  void bothMeansOfCopyingCopy() throws Throwable {
    assertCopies(TransferHandles.unsafe());
    if (Runtime.version().feature() >= 22) {
      assertCopies(TransferHandles.foreign());
    }
  }

  private static void assertCopies(TransferHandles handles) throws Throwable {
    assertThat(handles.isPresent()).isTrue();
    double[] values = {1, 2, 3};
    OffHeap floats = new OffHeap(Precision.FLOAT, values, 1);
    OffHeap doubles = new OffHeap(Precision.DOUBLE, values, 1);
    float[] asFloats = new float[4];
    double[] asDoubles = new double[4];
    handles.floatsIn().invoke(floats.address(), asFloats, 3);
    handles.doublesIn().invoke(doubles.address(), asDoubles, 3);
    assertThat(asFloats).containsExactly(1, 2, 3, 0);
    assertThat(asDoubles).containsExactly(1, 2, 3, 0);
    handles.floatsOut().invoke(new float[] {7, 8, 9}, floats.address(), 2);
    handles.doublesOut().invoke(new double[] {7, 8, 9}, doubles.address(), 2);
    assertThat(floats.values()).containsExactly(7, 8, 3);
    assertThat(doubles.values()).containsExactly(7, 8, 3);
    assertThat(floats.hasIntactGuards() && doubles.hasIntactGuards()).isTrue();
  }
}
