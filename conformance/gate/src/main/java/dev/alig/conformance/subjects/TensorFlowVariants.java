package dev.alig.conformance.subjects;

import dev.alig.conformance.KernelName;
import dev.alig.conformance.Variants;
import dev.alig.conformance.Variants.Variant;
import dev.alig.conformance.model.DType;
import dev.alig.kernel.Thresholds;
import dev.alig.tensorflow.Semantics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link TensorFlowSubject} with one thread and with several.
 *
 * <p>TensorFlow's operations share work between threads depending on Eigen's estimate of its cost,
 * which changes the order of sums. So each variant must keep within the bounds, but bits may
 * differ.
 */
public final class TensorFlowVariants {
  /** The environment variable that gives each session its own threads if it is 1. */
  public static final String OWN_POOLS = "TF_OVERRIDE_GLOBAL_THREADPOOL";

  private static final String NAME = "eigen";
  private static final int SEVERAL = 3;
  private static final Map<Semantics, Variants> ALL = new EnumMap<>(Semantics.class);

  private TensorFlowVariants() {}

  /** Created once, because each variant has its own graphs and sessions. */
  static synchronized Variants of(Semantics semantics) {
    return ALL.computeIfAbsent(semantics, TensorFlowVariants::make);
  }

  private static Variants make(Semantics semantics) {
    List<Variant> running = new ArrayList<>();
    Map<String, String> notRun = new LinkedHashMap<>();
    if ("1".equals(System.getenv(OWN_POOLS))) {
      for (int threads : new int[] {1, SEVERAL}) {
        running.add(
            new Variant(
                new KernelName(NAME, 0, threads),
                new TensorFlowSubject(semantics, threads),
                Optional::empty));
      }
    } else {
      notRun.put(
          NAME,
          "all sessions of a process share the threads of the first one; set %s=1 in the environment"
              .formatted(OWN_POOLS));
    }
    return new Variants(running, notRun, TensorFlowVariants::thresholds, false);
  }

  /**
   * The lengths of a tensor from which TensorFlow 2.18 shares its sum of squares, found by
   * comparing the bits of sums with one thread and with three. The largest lengths are those at
   * which it also shares updates.
   */
  private static Thresholds thresholds(DType dtype) {
    List<Integer> lengths =
        dtype == DType.FLOAT
            ? List.of(16, 64, 4096, 104_096, 1 << 17)
            : List.of(8, 64, 4096, 54_456, 1 << 16);
    return new Thresholds(lengths, List.of(), List.of(), List.of());
  }
}
