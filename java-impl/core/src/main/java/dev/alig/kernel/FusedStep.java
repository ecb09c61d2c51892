package dev.alig.kernel;

import dev.alig.MomentumForm;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * One step on tensors in off-heap memory, in place, in as few passes over the memory as possible.
 *
 * <p>Call, per step: {@link #begin}, {@link #add} for each tensor, {@link #measureGradients},
 * {@link #move}, and {@link #scale} if the projection requires it. After all tensors are added, no
 * call fails. Addresses are not checked: the memory must stay allocated during the step. Later
 * steps with as many tensors allocate only a few small objects.
 *
 * <p>Work is cut into blocks of {@value MemoryKernel#BLOCK} elements. Each block has its own sum of
 * squares, and the sums of a tensor's blocks are added in order. So the bits of a result depend
 * neither on the kernel nor on the number of threads.
 */
public final class FusedStep {
  /**
   * The default number of blocks that a thread takes at a time: at most about 10 µs of work, so
   * that the wait for the last piece is short.
   */
  static final int PIECE = 16;

  private final ThreadPool pool;
  private final MemoryKernel[] kernels;
  private final long parallelFrom;
  private final int piece;
  private final KernelVariant.Passes passes;
  private final Tensors tensors = new Tensors();
  private double[] sums = {};
  private double[] lost = {};
  private boolean wide;

  /**
   * A step for one element type.
   *
   * @param kernel makes a kernel for each thread
   * @param pool the threads
   * @param parallelFrom the least number of elements for which several threads share a pass
   * @param piece the number of blocks that a thread takes at a time
   * @param passes counts the passes
   */
  FusedStep(
      Supplier<MemoryKernel> kernel,
      ThreadPool pool,
      long parallelFrom,
      int piece,
      KernelVariant.Passes passes) {
    this.pool = pool;
    this.piece = piece;
    this.passes = passes;
    kernels = new MemoryKernel[pool.size()];
    Arrays.setAll(kernels, i -> kernel.get());
    this.parallelFrom = parallelFrom;
  }

  /**
   * Removes the tensors of the previous step.
   *
   * @param wide whether to add all squares in {@code double}, as in {@link Kernel#sumOfSquares}
   */
  public void begin(boolean wide) {
    this.wide = wide;
    tensors.clear();
  }

  /**
   * Adds a tensor whose elements lie in memory without gaps.
   *
   * @param group the index of its group in the arrays passed to {@link #move}
   * @param length the number of elements
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

  /** Computes the sum of squares of each gradient; {@link #sumOfSquares} returns it. */
  public void measureGradients() {
    run(
        (kernel, block, tensor) -> {
          if (tensors.hasGradient(tensor)) {
            squares(kernel, tensors.gradient(tensor), block);
          }
        });
  }

  /** Computes the sum of squares of each parameter; {@link #sumOfSquares} returns it. */
  public void measureParameters() {
    run((kernel, block, tensor) -> squares(kernel, tensors.parameter(tensor), block));
  }

  /** The last measured sum of squares of one tensor, by its index in the order of {@link #add}. */
  public double sumOfSquares(int tensor) {
    CompensatedSum sum = new CompensatedSum();
    for (int i = tensors.firstBlock(tensor); i < tensors.firstBlock(tensor + 1); i++) {
      sum.add(sums[i], lost[i]);
    }
    return sum.value();
  }

  /**
   * Whether no element of any gradient is NaN or infinite; call it after {@link #measureGradients}.
   */
  public boolean gradientsAreFinite() {
    for (int i = 0; i < tensors.size(); i++) {
      if (tensors.hasGradient(i) && !isFinite(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A finite sum has finite terms only. A sum that is not finite may have overflowed, so the
   * elements decide.
   */
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
   * Updates each tensor that has a gradient, by the formulas of {@link Kernel}.
   *
   * @param form how momentum enters the update
   * @param stepSizes γ of each group
   * @param momenta μ of each group
   * @param measure whether to compute the parameters' sums of squares in the same pass, as {@link
   *     #measureParameters} does
   */
  public void move(MomentumForm form, double[] stepSizes, double[] momenta, boolean measure) {
    Factors[] factors = new Factors[stepSizes.length];
    Arrays.setAll(factors, group -> Factors.of(form, stepSizes[group], momenta[group]));
    run(
        (kernel, block, tensor) -> {
          int group = tensors.group(tensor);
          if (!tensors.hasGradient(tensor)) {
            if (measure) {
              squares(kernel, tensors.parameter(tensor), block);
            }
            return;
          }
          move(kernel, block, stepSizes[group], factors[group], measure && !wide);
          if (measure) {
            takeSquares(kernel, tensors.parameter(tensor), block);
          }
        });
  }

  /** Multiplies every parameter by a factor. */
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
    if (!wide) {
      kernel.addSquares(at(tensorAddress, block), tensors.length(block));
    }
    takeSquares(kernel, tensorAddress, block);
  }

  /** Ends a block; its squares have been added unless they are to be wide. */
  private void takeSquares(MemoryKernel kernel, long tensorAddress, int block) {
    if (wide || !kernel.takeSquares(sums, lost, block)) {
      kernel.wideSquares(at(tensorAddress, block), tensors.length(block), sums, lost, block);
    }
  }

  private long at(long tensorAddress, int block) {
    return tensorAddress + tensors.offset(block) * kernels[0].bytes();
  }

  private void run(Work work) {
    int blocks = tensors.blocks();
    int pieces = (blocks + piece - 1) / piece;
    if (tensors.elements() < parallelFrom || pool.size() == 1 || pieces <= 1) {
      passes.alone.increment();
      run(work, 0, 0, blocks);
      return;
    }
    passes.shared.increment();
    pool.run(
        pieces,
        (worker, next) -> run(work, worker, next * piece, Math.min(blocks, (next + 1) * piece)));
  }

  private void run(Work work, int worker, int from, int to) {
    for (int block = from; block < to; block++) {
      work.on(kernels[worker], block, tensors.tensor(block));
    }
  }

  /** An operation on one block. */
  private interface Work {
    void on(MemoryKernel kernel, int block, int tensor);
  }
}
