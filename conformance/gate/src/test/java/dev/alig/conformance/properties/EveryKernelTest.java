package dev.alig.conformance.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Variants;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.KernelCases;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.judge.Judgement;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.subjects.Nd4jVariants;
import dev.alig.kernel.DefectiveKernels;
import dev.alig.kernel.KernelVariant;
import dev.alig.kernel.Kernels;
import dev.alig.kernel.Thresholds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A defect of one kernel, or of the threads that share its work, is found and named. */
class EveryKernelTest {
  private static final int CASES = 300;

  static Stream<String> defects() {
    return DefectiveKernels.descriptions().stream();
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aDefectOfOneKernelIsRefusedAndTheKernelNamed(String defect) {
    KernelVariant defective = DefectiveKernels.of(defect);
    Verdict verdict = firstFailure(variants(defective)).orElseThrow();
    assertThat(verdict).isInstanceOf(Verdict.Differs.class);
    assertThat(((Verdict.Differs) verdict).first().fact(Difference.KERNEL))
        .isEqualTo("defective, 256 bits, up to 3 threads");
  }

  @Test
  void theKernelThatTheDefectsAreMadeOfIsSound() {
    assertThat(firstFailure(variants(DefectiveKernels.sound()))).isEmpty();
  }

  @Test
  void aKernelThatKeepsWithinTheBoundsButHasOtherBitsIsRefused() {
    Variants.Variant sound = variants(DefectiveKernels.sound()).running().get(0);
    // The judge finds nothing wrong with either.
    EveryKernel kernels =
        new EveryKernel(
            variants(DefectiveKernels.of("a sum has one lane twice")),
            (scripted, kernel) ->
                new Judgement(
                    Optional.of(kernel.run(scripted)),
                    new Judge(new ExactOracle()).compare(scripted, sound.implementation())));
    Verdict verdict = firstFailure(kernels).orElseThrow();
    assertThat(((Verdict.Differs) verdict).first().toString())
        .contains("kernel    defective, 256 bits, up to 3 threads")
        .contains("kernel heap, 1 thread")
        .contains("nothing: all kernels give the same bits");
  }

  private static Variants variants(KernelVariant last) {
    return Nd4jVariants.of(
        List.of(Kernels.variant("heap", 1), Kernels.variant("portable", 1), last), Map.of());
  }

  private static Optional<Verdict> firstFailure(Variants variants) {
    Judge judge = new Judge(new ExactOracle());
    return firstFailure(new EveryKernel(variants, judge::judge));
  }

  private static Optional<Verdict> firstFailure(EveryKernel kernels) {
    return cases()
        .map(scripted -> kernels.judge(scripted).verdict())
        .filter(verdict -> !(verdict instanceof Verdict.Agrees))
        .findFirst();
  }

  private static Stream<StepCase> cases() {
    Function<DType, Thresholds> thresholds = Nd4jVariants.of(List.of(), Map.of()).thresholds();
    return KernelCases.about(thresholds).sampleStream().limit(CASES);
  }
}
