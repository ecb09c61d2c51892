package dev.alig.kernel;

import dev.alig.MomentumForm;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * One step on tensors in off-heap memory, in place and in as few passes over it as there can be.
 *
 * <p>Use, per step: {@link #begin}, {@link #add} for each tensor, {@link #measureGradients}, {@link
 * #move}, and {@link #scale} where the ball asks for it. Once all tensors are added nothing fails.
 * Nothing is checked: addresses must be those of memory that stays there. Once a step of as many
 * tensors was taken, another allocates no more than a few small objects.
 *
 * <p>Work is cut into blocks of {@value MemoryKernel#BLOCK} elements. Each has a sum of squares of
 * its own, and those of a tensor are added up in order: the bits of a result depend neither on the
 * kernel nor on the number of threads.
 */
public final class FusedStep {
  /**
   * Blocks that a thread takes at a time: some 10 µs of work or less, and a tail that is soon
   * awaited.
   */
  private static final int PIECE = 16;

  private final Crew crew;
  private final MemoryKernel[] kernels;
  private final long parallelFrom;
  private final Tensors tensors = new Tensors();
  private double[] sums = {};
  private double[] lost = {};

  /**
   * A step for one element type.
   *
   * @param kernel makes a kernel for each thread
   * @param crew who works
   * @param parallelFrom the number of elements from which more than one does
   */
  FusedStep(Supplier<MemoryKernel> kernel, Crew crew, long parallelFrom) {
    this.crew = crew;
    kernels = new MemoryKernel[crew.size()];
    Arrays.setAll(kernels, i -> kernel.get());
    this.parallelFrom = parallelFrom;
  }

  /** Forgets the tensors of the step before. */
  public void begin() {
    tensors.clear();
  }

  /**
   * Adds a tensor whose elements lie in memory without gaps.
   *
   * @param group the place of its settings in those of {@link #move}
   * @param length how many elements it has
   * @param parameters the address of its first element
   * @param gradient the address of its gradient, 0 if it has none
   * @param momentum the address of its momentum, 0 if its group has none
   */
  public void add(int group, long length, long parameters, long gradient, long momentum) {
    tensors.add(group, length, parameters, gradient, momentum);
    int blocks = tensors.blocks();
    if (blocks > sums.length) {
      sums = new double[2 * blocks];
      lost = new double[2 * blocks];
    }
  }

  /** Sums the squares of all gradients, for {@link #sumOfSquares}. */
  public void measureGradients() {
    run(
        (kernel, block, tensor) -> {
          if (tensors.hasGradient(tensor)) {
            squares(kernel, tensors.gradient(tensor), block);
          }
        });
  }

  /** Sums the squares of all parameters, for {@link #sumOfSquares}. */
  public void measureParameters() {
    run((kernel, block, tensor) -> squares(kernel, tensors.parameter(tensor), block));
  }

  /** What was measured last, of one tensor in the order of {@link #add}. */
  public double sumOfSquares(int tensor) {
    CompensatedSum sum = new CompensatedSum();
    for (int i = tensors.firstBlock(tensor); i < tensors.firstBlock(tensor + 1); i++) {
      sum.add(sums[i], lost[i]);
    }
    return sum.value();
  }

  /** Whether no element of any gradient is NaN or infinite; after {@link #measureGradients}. */
  public boolean gradientsAreFinite() {
    for (int i = 0; i < tensors.size(); i++) {
      if (tensors.hasGradient(i) && !isFinite(i)) {
        return false;
      }
    }
    return true;
  }

  /** A finite sum has finite terms; one that is not may have overflowed. */
  private boolean isFinite(int tensor) {
    if (Double.isFinite(sumOfSquares(tensor))) {
      return true;
    }
    for (int i = tensors.firstBlock(tensor); i < tensors.firstBlock(tensor + 1); i++) {
      long gradient = at(tensors.gradient(tensor), i);
      if (!kernels[0].allFinite(gradient, tensors.length(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Moves every tensor that has a gradient, as {@link Kernel} says.
   *
   * @param form how momentum enters
   * @param stepSizes γ of each group
   * @param momenta μ of each group
   * @param measure whether to sum the squares of all parameters on the way, as {@link
   *     #measureParameters} does
   */
  public void move(MomentumForm form, double[] stepSizes, double[] momenta, boolean measure) {
    Factors[] factors = new Factors[stepSizes.length];
    Arrays.setAll(factors, group -> Factors.of(form, stepSizes[group], momenta[group]));
    run(
        (kernel, block, tensor) -> {
          int group = tensors.group(tensor);
          if (tensors.hasGradient(tensor)) {
            move(kernel, block, stepSizes[group], factors[group], measure);
          } else if (measure) {
            kernel.addSquares(at(tensors.parameter(tensor), block), tensors.length(block));
          }
          if (measure) {
            kernel.takeSquares(sums, lost, block);
          }
        });
  }

  /** Multiplies every parameter. */
  public void scale(double factor) {
    run(
        (kernel, block, tensor) ->
            kernel.scale(at(tensors.parameter(tensor), block), tensors.length(block), factor));
  }

  private void move(
      MemoryKernel kernel, int block, double stepSize, Factors factors, boolean measure) {
    int tensor = tensors.tensor(block);
    int length = tensors.length(block);
    long p = at(tensors.parameter(tensor), block);
    long g = at(tensors.gradient(tensor), block);
    if (!tensors.hasMomentum(tensor)) {
      kernel.plain(p, g, length, stepSize, measure);
      return;
    }
    long v = at(tensors.momentum(tensor), block);
    kernel.momentum(p, v, g, length, factors, measure);
  }

  private void squares(MemoryKernel kernel, long tensorAddress, int block) {
    kernel.addSquares(at(tensorAddress, block), tensors.length(block));
    kernel.takeSquares(sums, lost, block);
  }

  private long at(long tensorAddress, int block) {
    return tensorAddress + tensors.offset(block) * kernels[0].bytes();
  }

  private void run(Work work) {
    int blocks = tensors.blocks();
    if (tensors.elements() < parallelFrom) {
      run(work, 0, 0, blocks);
      return;
    }
    int pieces = (blocks + PIECE - 1) / PIECE;
    crew.run(
        pieces,
        (worker, piece) -> run(work, worker, piece * PIECE, Math.min(blocks, (piece + 1) * PIECE)));
  }

  private void run(Work work, int worker, int from, int to) {
    for (int block = from; block < to; block++) {
      work.on(kernels[worker], block, tensors.tensor(block));
    }
  }

  /** What is done to each block. */
  private interface Work {
    void on(MemoryKernel kernel, int block, int tensor);
  }
}
