package dev.alig.kernel;

import dev.alig.Precision;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All kernels.
 *
 * <p>The kernel for off-heap memory is chosen once; it is the best that this JVM can run. There are
 * {@code vector} (the Vector API; JDK 22 or newer, started with {@code --add-modules
 * jdk.incubator.vector}), {@code portable} (any JDK), and {@code heap} (all data is copied to Java
 * arrays). The system property {@code alig.kernel} chooses another one. The system property {@code
 * alig.threads} sets the greatest number of threads, between 1 and the number of processors. All
 * kernels give the same bits.
 */
public final class Kernels {
  private static final String THREADS_PROPERTY = "alig.threads";

  private Kernels() {}

  /** One line that tells which kernel for off-heap memory was chosen, and why not a better one. */
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
    return new HalfKernel(precision, precision);
  }

  /**
   * As {@link #ofHalves}, but −γ and γ·μ are rounded only to {@code float}.
   *
   * <p>If norms are too large for the format, step sizes are too small for it; see {@link
   * dev.alig.Settings#wideNorm}.
   */
  public static Kernel<float[]> ofHalvesWithWideSteps(Precision precision) {
    return new HalfKernel(precision, Precision.FLOAT);
  }

  /** A step on {@code float} elements in off-heap memory; empty if the kernel is {@code heap}. */
  public static Optional<FusedStep> stepOnFloats() {
    return chosen().stepOnFloats();
  }

  /** A step on {@code double} elements in off-heap memory; empty if the kernel is {@code heap}. */
  public static Optional<FusedStep> stepOnDoubles() {
    return chosen().stepOnDoubles();
  }

  /** The kernel that optimizers use by default; {@link #describe} describes it. */
  public static KernelVariant chosen() {
    return Chosen.VARIANT;
  }

  /** The names of all kernels for off-heap memory, also of those that this JVM cannot run. */
  public static List<String> names() {
    return List.of(KernelChoice.HEAP, PortableKernels.NAME, KernelChoice.VECTOR);
  }

  /**
   * A kernel with its own threads, for tests. It may have more threads than the machine has
   * processors.
   *
   * @param name one of {@link #names}
   * @param threads the greatest number of threads that share a step, ≥ 1
   * @throws IllegalArgumentException if there is no such kernel, or {@code threads < 1}
   * @throws UnsupportedOperationException if this JVM cannot run the kernel; the message says why
   */
  public static KernelVariant variant(String name, int threads) {
    if (!names().contains(name) || threads < 1) {
      throw new IllegalArgumentException(
          "no kernel " + name + " with " + threads + " threads; there are " + names());
    }
    KernelChoice choice = KernelChoice.of(name);
    if (!choice.name().equals(name)) {
      throw new UnsupportedOperationException(choice.why());
    }
    return new KernelVariant(choice.kernels(), threads, new OnFirstUse(threads));
  }

  /** Chosen when first asked for. */
  private static final class Chosen {
    static final KernelChoice CHOICE =
        KernelChoice.of(System.getProperty(KernelChoice.KERNEL_PROPERTY, ""));
    static final KernelVariant VARIANT =
        new KernelVariant(CHOICE.kernels(), Threads.COUNT, new OnFirstUse(Threads.COUNT));
  }

  private static final class Threads {
    static final int COUNT = count();

    private static int count() {
      int processors = Runtime.getRuntime().availableProcessors();
      int asked = Integer.getInteger(THREADS_PROPERTY, processors);
      return Math.max(1, Math.min(asked, processors));
    }
  }

  /** Starts the threads when the first step is made. */
  private static final class OnFirstUse implements Supplier<ThreadPool> {
    private final int threads;
    private @Nullable ThreadPool pool;

    OnFirstUse(int threads) {
      this.threads = threads;
    }

    @Override
    public synchronized ThreadPool get() {
      ThreadPool started = pool;
      if (started == null) {
        started = new ThreadPool(threads);
        pool = started;
      }
      return started;
    }
  }
}
