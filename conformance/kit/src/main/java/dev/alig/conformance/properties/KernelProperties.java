package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.KERNELS;

import dev.alig.conformance.Variants;
import dev.alig.conformance.Variants.Variant;
import dev.alig.conformance.cases.KernelCases;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.run.ConformanceSettings;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Claims about the kernels of a subject, each with one thread and with several. */
interface KernelProperties extends SubjectProperties {
  @Property
  @Checks(KERNELS)
  default void everyKernelTakesTheStepsOfTheOracle(@ForAll("aboutThresholds") StepCase scripted) {
    judge(scripted, EveryKernel.of(this));
  }

  @Provide
  default Arbitrary<StepCase> aboutThresholds() {
    return KernelCases.about(subject().variants().thresholds());
  }

  @Property
  @Checks(KERNELS)
  default void everyKernelDoesOnBothSidesOfEveryThreshold() {
    Variants variants = subject().variants();
    EveryKernel kernels = EveryKernel.of(this);
    boolean parted = false;
    // A fixed seed: whether kernels have different bits must not depend on the run's seed.
    for (StepCase scripted :
        KernelCases.onBothSides(variants.thresholds(), ConformanceSettings.DEFAULT_SEED)) {
      parted |= judge(scripted, kernels);
    }
    if (PropertyStatistics.current().cases() > 0) {
      requireReached(variants, parted);
    }
  }

  private static void requireReached(Variants variants, boolean parted) {
    for (Variant variant : variants.running()) {
      variant.missed().get().ifPresent(what -> missed(variant.kernel().toString(), what));
    }
    if (!variants.sameBits() && !parted) {
      missed("with several threads", "a sum that the threads share and take in another order");
    }
  }

  private static void missed(String kernel, String what) {
    throw new IllegalStateException(
        "kernel %s: no case reached %s; the cases no longer fit its thresholds"
            .formatted(kernel, what));
  }

  /**
   * Judges a case on all kernels, and counts the verdict.
   *
   * @return whether two kernels had different bits
   */
  private boolean judge(StepCase scripted, EveryKernel kernels) {
    Variants variants = kernels.variants();
    if (variants.running().isEmpty()) {
      PropertyStatistics.current()
          .skip(
              variants.notRun().isEmpty()
                  ? subject().name() + " has one kernel"
                  : "no kernel can run: " + variants.notRun());
      return false;
    }
    EveryKernel.Judged judged = kernels.judge(scripted);
    PropertyStatistics.current().countKernels(judged);
    PropertyStatistics.current().count(judged, scripted, kernels);
    return judged.parted();
  }
}
