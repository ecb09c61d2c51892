package dev.alig.kernel;

import java.util.Arrays;

/**
 * The tensors of one step and their blocks. The arrays are reused in later steps.
 *
 * <p>Block numbers run over all tensors. The last block of a tensor may be short.
 */
final class Tensors {
  /** The initial length of the arrays: room for one tensor, and one block, fewer. */
  static final int FEW = 16;

  private int tensors;
  private int[] groups = new int[FEW];
  private long[] parameters = new long[FEW];
  private long[] gradients = new long[FEW];
  private long[] momenta = new long[FEW];

  /** The first block of each tensor, and after the last tensor the number of blocks. */
  private int[] firstBlocks = new int[FEW];

  private int[] tensorOf = new int[FEW];

  /** The number of elements before each block, and after the last block the number of elements. */
  private long[] before = new long[FEW];

  void clear() {
    tensors = 0;
  }

  void add(int group, long length, long parameter, long gradient, long momentum) {
    if (tensors + 2 > groups.length) {
      growTensors(2 * groups.length);
    }
    int i = tensors++;
    groups[i] = group;
    parameters[i] = parameter;
    gradients[i] = gradient;
    momenta[i] = momentum;
    addBlocks(i, length);
  }

  private void addBlocks(int tensor, long length) {
    int first = firstBlocks[tensor];
    int last = Math.toIntExact(first + (length + MemoryKernel.BLOCK - 1) / MemoryKernel.BLOCK);
    firstBlocks[tensor + 1] = last;
    if (last + 1 > tensorOf.length) {
      growBlocks(Math.max(last + 1, 2 * tensorOf.length));
    }
    Arrays.fill(tensorOf, first, last, tensor);
    long start = before[first];
    for (int block = first; block < last; block++) {
      before[block + 1] = start + Math.min(length, (block + 1L - first) * MemoryKernel.BLOCK);
    }
  }

  private void growTensors(int capacity) {
    groups = Arrays.copyOf(groups, capacity);
    parameters = Arrays.copyOf(parameters, capacity);
    gradients = Arrays.copyOf(gradients, capacity);
    momenta = Arrays.copyOf(momenta, capacity);
    firstBlocks = Arrays.copyOf(firstBlocks, capacity);
  }

  private void growBlocks(int capacity) {
    tensorOf = Arrays.copyOf(tensorOf, capacity);
    before = Arrays.copyOf(before, capacity);
  }

  /** The number of tensors. */
  int size() {
    return tensors;
  }

  /** The number of elements of all tensors. */
  long elements() {
    return before[blocks()];
  }

  int blocks() {
    return firstBlocks[tensors];
  }

  int firstBlock(int tensor) {
    return firstBlocks[tensor];
  }

  int tensor(int block) {
    return tensorOf[block];
  }

  int group(int tensor) {
    return groups[tensor];
  }

  boolean hasGradient(int tensor) {
    return gradients[tensor] != 0;
  }

  boolean hasMomentum(int tensor) {
    return momenta[tensor] != 0;
  }

  int length(int block) {
    return (int) (before[block + 1] - before[block]);
  }

  /** The number of elements of the block's tensor that precede the block. */
  long offset(int block) {
    return before[block] - before[firstBlocks[tensorOf[block]]];
  }

  long parameter(int tensor) {
    return parameters[tensor];
  }

  long gradient(int tensor) {
    return gradients[tensor];
  }

  long momentum(int tensor) {
    return momenta[tensor];
  }
}
