package dev.alig.conformance.subjects;

import dev.alig.Precision;
import dev.alig.conformance.KernelName;
import dev.alig.conformance.Variants;
import dev.alig.conformance.Variants.Variant;
import dev.alig.conformance.model.DType;
import dev.alig.kernel.KernelVariant;
import dev.alig.kernel.Kernels;
import dev.alig.kernel.Thresholds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link Nd4jSubject} with each kernel that this JVM can run, with one thread and with several. */
public final class Nd4jVariants {
  /** Created once, because each variant has its own threads. */
  static final Variants ALL = all();

  /**
   * A number of threads that is more than the pieces of the smallest shared steps, and does not
   * divide their number.
   */
  private static final int SEVERAL = 3;

  /** The lowered threshold: the least number of elements of a shared step. */
  private static final int LOWERED = 64;

  private Nd4jVariants() {}

  private static Variants all() {
    List<KernelVariant> made = new ArrayList<>();
    Map<String, String> notRun = new LinkedHashMap<>();
    int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
    for (String name : Kernels.names()) {
      try {
        KernelVariant alone = Kernels.variant(name, 1);
        made.add(alone);
        if (alone.stepOnFloats().isPresent()) {
          // One variant shares steps as for users, the other one shares small steps, block by
          // block.
          made.add(Kernels.variant(name, processors));
          made.add(Kernels.variant(name, SEVERAL).sharingFrom(LOWERED, 1));
        }
      } catch (UnsupportedOperationException e) {
        notRun.put(name, e.getMessage());
      }
    }
    return of(made, notRun);
  }

  /**
   * The subject on given kernels.
   *
   * @param notRun why other kernels do not run, by name
   */
  public static Variants of(List<KernelVariant> kernels, Map<String, String> notRun) {
    return new Variants(
        kernels.stream().map(Nd4jVariants::variant).toList(),
        notRun,
        Nd4jVariants::thresholds,
        true);
  }

  private static Variant variant(KernelVariant kernel) {
    return new Variant(
        new KernelName(kernel.name(), kernel.vectorBits(), kernel.threads()),
        new Nd4jSubject(kernel),
        () -> missed(kernel));
  }

  private static Optional<String> missed(KernelVariant kernel) {
    if (kernel.stepOnFloats().isEmpty()) {
      return Optional.empty();
    }
    if (kernel.passesAlone() == 0) {
      return Optional.of("a step in place by one thread");
    }
    return Optional.of("a step that threads share")
        .filter(any -> kernel.threads() > 1 && kernel.passesShared() == 0);
  }

  private static Thresholds thresholds(DType dtype) {
    Thresholds real = Thresholds.of(dtype == DType.FLOAT ? Precision.FLOAT : Precision.DOUBLE);
    return new Thresholds(
        real.lengths(),
        real.blocks(),
        real.tensors(),
        Stream.concat(Stream.of(LOWERED), real.sharedFrom().stream()).toList());
  }
}
