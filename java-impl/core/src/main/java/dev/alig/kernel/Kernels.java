package dev.alig.kernel;

import dev.alig.Precision;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The kernels there are.
 *
 * <p>Those for off-heap memory are chosen once, the best that this JVM can run: {@code vector} (the
 * Vector API; JDK 22 or newer, started with {@code --add-modules jdk.incubator.vector}), {@code
 * portable} (any JDK), or {@code heap} (none: data is copied to Java arrays as a whole). The system
 * property {@code alig.kernel} names another, and {@code alig.threads} how many threads may work at
 * once. All give the same bits.
 */
public final class Kernels {
  private static final String THREADS_PROPERTY = "alig.threads";

  private Kernels() {}

  /**
   * Which kernels for off-heap memory were chosen, and what stood against better ones; one line.
   */
  public static String describe() {
    String threads = Threads.COUNT == 1 ? ", 1 thread" : ", up to " + Threads.COUNT + " threads";
    String fma =
        FusedMultiplyAdd.isInHardware() ? "" : ", very slow: no fused multiply-add in hardware";
    return Chosen.CHOICE.describe() + threads + fma;
  }

  /** Arithmetic in {@code float}. */
  public static Kernel<float[]> ofFloats() {
    return new FloatKernel();
  }

  /** Arithmetic in {@code double}. */
  public static Kernel<double[]> ofDoubles() {
    return new DoubleKernel();
  }

  /**
   * Arithmetic in {@code float} with every result rounded to a half format.
   *
   * <p>The elements are values of that format, held in {@code float}.
   */
  public static Kernel<float[]> ofHalves(Precision precision) {
    return new HalfKernel(precision);
  }

  /** A step on {@code float} elements in off-heap memory; none if only {@code heap} is left. */
  public static Optional<FusedStep> stepOnFloats() {
    return Chosen.CHOICE.kernels().map(k -> step(k, k::ofFloats, Float.BYTES));
  }

  /** A step on {@code double} elements in off-heap memory; none if only {@code heap} is left. */
  public static Optional<FusedStep> stepOnDoubles() {
    return Chosen.CHOICE.kernels().map(k -> step(k, k::ofDoubles, Double.BYTES));
  }

  private static FusedStep step(MemoryKernels kernels, Supplier<MemoryKernel> kernel, int bytes) {
    return new FusedStep(kernel, Helpers.CREW, kernels.parallelFrom(bytes));
  }

  /** Chosen when first asked for. */
  private static final class Chosen {
    static final KernelChoice CHOICE =
        KernelChoice.of(System.getProperty(KernelChoice.KERNEL_PROPERTY, ""));
  }

  private static final class Threads {
    static final int COUNT = count();

    private static int count() {
      int processors = Runtime.getRuntime().availableProcessors();
      int asked = Integer.getInteger(THREADS_PROPERTY, processors);
      return Math.max(1, Math.min(asked, processors));
    }
  }

  /** Started when the first step is made. */
  private static final class Helpers {
    static final Crew CREW = new Crew(Threads.COUNT);
  }
}
