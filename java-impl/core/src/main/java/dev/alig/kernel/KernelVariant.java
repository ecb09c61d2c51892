package dev.alig.kernel;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A kernel for off-heap memory, and the threads that share its work.
 *
 * <p>An optimizer uses {@link Kernels#chosen} by default. The other variants are for tests, which
 * check each of them. All give the same bits.
 */
public final class KernelVariant {
  private final Optional<MemoryKernels> kernels;
  private final int threads;
  private final Supplier<ThreadPool> pool;
  private final OptionalLong sharedFrom;
  private final int piece;
  private final Passes passes = new Passes();

  /**
   * The numbers of passes over off-heap memory that one thread made alone and that several shared.
   */
  static final class Passes {
    final LongAdder alone = new LongAdder();
    final LongAdder shared = new LongAdder();
  }

  /**
   * A variant.
   *
   * @param kernels empty if one thread copies all data to Java arrays
   * @param threads the greatest number of threads that share a step
   * @param pool gives these threads, when the first step is made
   */
  KernelVariant(Optional<MemoryKernels> kernels, int threads, Supplier<ThreadPool> pool) {
    this(kernels, threads, pool, OptionalLong.empty(), FusedStep.PIECE);
  }

  private KernelVariant(
      Optional<MemoryKernels> kernels,
      int threads,
      Supplier<ThreadPool> pool,
      OptionalLong sharedFrom,
      int piece) {
    this.kernels = kernels;
    this.threads = kernels.isPresent() ? threads : 1;
    this.pool = pool;
    this.sharedFrom = sharedFrom;
    this.piece = piece;
  }

  /**
   * The same kernel and threads, which also share small steps. For tests: without it only steps of
   * many thousand elements are shared.
   *
   * @param elements the least number of elements of a shared step
   * @param blocks the number of blocks that a thread takes at a time
   * @throws IllegalArgumentException if {@code elements < 0} or {@code blocks < 1}
   */
  public KernelVariant sharingFrom(long elements, int blocks) {
    if (elements < 0 || blocks < 1) {
      throw new IllegalArgumentException(
          "elements must be >= 0 and blocks > 0, were " + elements + " and " + blocks);
    }
    return new KernelVariant(kernels, threads, pool, OptionalLong.of(elements), blocks);
  }

  /** The kernel's name: a value of the system property {@code alig.kernel}. */
  public String name() {
    return kernels.map(MemoryKernels::name).orElse(KernelChoice.HEAP);
  }

  /** The bits of a vector; 0 if HotSpot chooses the vectors. */
  public int vectorBits() {
    return kernels.map(MemoryKernels::vectorBits).orElse(0);
  }

  /** The greatest number of threads that share a step. */
  public int threads() {
    return threads;
  }

  /** A step on {@code float} elements in off-heap memory; empty for {@code heap}. */
  public Optional<FusedStep> stepOnFloats() {
    return kernels.map(k -> step(k, k::ofFloats, Float.BYTES));
  }

  /** A step on {@code double} elements in off-heap memory; empty for {@code heap}. */
  public Optional<FusedStep> stepOnDoubles() {
    return kernels.map(k -> step(k, k::ofDoubles, Double.BYTES));
  }

  private FusedStep step(MemoryKernels kernels, Supplier<MemoryKernel> kernel, int bytes) {
    long from = sharedFrom.orElseGet(() -> kernels.parallelFrom(bytes));
    return new FusedStep(kernel, pool.get(), from, piece, passes);
  }

  /** The number of passes over off-heap memory that one thread has made alone. */
  public long passesAlone() {
    return passes.alone.sum();
  }

  /** The number of passes over off-heap memory that several threads have shared. */
  public long passesShared() {
    return passes.shared.sum();
  }
}
