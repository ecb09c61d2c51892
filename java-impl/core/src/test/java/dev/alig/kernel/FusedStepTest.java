package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A step on many tensors against the kernel on arrays, one tensor at a time. */
class FusedStepTest {
  private static final List<ThreadPool> POOLS =
      List.of(new ThreadPool(1), new ThreadPool(2), new ThreadPool(3), new ThreadPool(7));

  private static final double[] STEPS = {0.01, 0.2};
  private static final double[] MOMENTA = {0.9, 0.5};

  /** One tensor: its group is odd or even, as its place is. */
  private record Tensor(OffHeap p, OffHeap v, OffHeap g, boolean hasGradient, boolean hasMomentum) {
    static Tensor draw(Random random, Precision precision, int length) {
      return new Tensor(
          new OffHeap(precision, MemoryKernelTest.draw(random, precision, length, false), 1),
          new OffHeap(precision, MemoryKernelTest.draw(random, precision, length, false), 2),
          new OffHeap(precision, MemoryKernelTest.draw(random, precision, length, false), 3),
          random.nextInt(4) > 0,
          random.nextInt(4) > 0);
    }

    void addTo(FusedStep step, int group) {
      step.add(
          group,
          p.length(),
          p.address(),
          hasGradient ? g.address() : 0,
          hasMomentum ? v.address() : 0);
    }
  }

  /** What there is to see of a step. */
  private record Outcome(List<long[]> bits) {
    boolean isEqualTo(Outcome other) {
      return Arrays.deepEquals(bits.toArray(), other.bits.toArray());
    }
  }

  @Property(tries = 100)
  void anyNumberOfThreadsGivesTheBitsOfArrays(
      @ForAll long seed,
      @ForAll MomentumForm form,
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 9000) Integer> lengths) {
    for (Precision precision : List.of(Precision.FLOAT, Precision.DOUBLE)) {
      Outcome expected = onArrays(Elements.of(precision), precision, seed, form, lengths);
      for (MemoryKernels kernels : MemoryKernelsAtHand.all()) {
        for (int threads : new int[] {1, 2, 3, 7}) {
          Outcome actual = inMemory(kernels, threads, precision, seed, form, lengths);
          assertThat(actual.isEqualTo(expected)).as(kernels.name() + " " + threads).isTrue();
        }
      }
    }
  }

  private static Outcome inMemory(
      MemoryKernels kernels,
      int threads,
      Precision precision,
      long seed,
      MomentumForm form,
      List<Integer> lengths) {
    FusedStep step = step(kernels, precision, threads);
    // A step before, of other tensors, must leave nothing behind.
    new Tensor(new OffHeap(precision, new double[5000], 0), zero(), zero(), false, false)
        .addTo(step, 0);
    step.measureParameters();
    step.begin(isWide(seed));
    List<Tensor> tensors = draw(precision, seed, lengths);
    for (int i = 0; i < tensors.size(); i++) {
      tensors.get(i).addTo(step, i % 2);
    }
    List<long[]> seen = new ArrayList<>();
    step.measureGradients();
    for (int i = 0; i < tensors.size(); i++) {
      seen.add(bits(tensors.get(i).hasGradient ? step.sumOfSquares(i) : 0));
    }
    step.move(form, STEPS, MOMENTA, true);
    for (int i = 0; i < tensors.size(); i++) {
      seen.add(bits(step.sumOfSquares(i)));
    }
    step.scale(0.3);
    for (Tensor tensor : tensors) {
      seen.add(MemoryKernelTest.bits(tensor.p.values()));
      seen.add(MemoryKernelTest.bits(tensor.v.values()));
      assertThat(tensor.p.hasIntactGuards() && tensor.v.hasIntactGuards()).isTrue();
    }
    step.measureParameters();
    for (int i = 0; i < tensors.size(); i++) {
      seen.add(bits(step.sumOfSquares(i)));
    }
    return new Outcome(seen);
  }

  private static <A> Outcome onArrays(
      Elements<A> elements,
      Precision precision,
      long seed,
      MomentumForm form,
      List<Integer> lengths) {
    Kernel<A> kernel = elements.kernel();
    List<long[]> gradients = new ArrayList<>();
    List<long[]> parameters = new ArrayList<>();
    List<long[]> moved = new ArrayList<>();
    List<long[]> scaled = new ArrayList<>();
    List<Tensor> tensors = draw(precision, seed, lengths);
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      Slice<A> p = elements.slice(tensor.p.values(), 0);
      Slice<A> v = elements.slice(tensor.v.values(), 0);
      Slice<A> g = elements.slice(tensor.g.values(), 0);
      gradients.add(bits(tensor.hasGradient ? kernel.sumOfSquares(g, isWide(seed)) : 0));
      if (tensor.hasGradient) {
        move(tensor, form).on(kernel, p, v, g, STEPS[i % 2], MOMENTA[i % 2]);
      }
      parameters.add(bits(kernel.sumOfSquares(p, isWide(seed))));
      kernel.scale(p, 0.3);
      moved.add(MemoryKernelTest.bits(elements.values(p)));
      moved.add(MemoryKernelTest.bits(elements.values(v)));
      scaled.add(bits(kernel.sumOfSquares(p, isWide(seed))));
    }
    gradients.addAll(parameters);
    gradients.addAll(moved);
    gradients.addAll(scaled);
    return new Outcome(gradients);
  }

  /** Every other case adds all squares in double. */
  private static boolean isWide(long seed) {
    return seed % 2 == 0;
  }

  private static Move move(Tensor tensor, MomentumForm form) {
    if (!tensor.hasMomentum) {
      return Move.PLAIN;
    }
    return form == MomentumForm.STANDARD ? Move.STANDARD : Move.ADJUSTED;
  }

  @Test
  void infinityAndNotANumberAreFoundInAnyGradient() {
    for (MemoryKernels kernels : MemoryKernelsAtHand.all()) {
      for (Precision precision : List.of(Precision.FLOAT, Precision.DOUBLE)) {
        assertThat(finite(kernels, precision, 1, 2)).isTrue();
        assertThat(finite(kernels, precision, 1, Double.NaN)).isFalse();
        assertThat(finite(kernels, precision, Double.NEGATIVE_INFINITY, 2)).isFalse();
      }
      assertThat(finite(kernels, Precision.DOUBLE, 1e200, 1)).as("squares overflow").isTrue();
      assertThat(finite(kernels, Precision.DOUBLE, 1e200, Double.NaN)).isFalse();
    }
  }

  private static boolean finite(MemoryKernels kernels, Precision precision, double a, double b) {
    FusedStep step = step(kernels, precision, 2);
    double[] first = new double[6000];
    Arrays.fill(first, 1);
    first[5999] = a;
    OffHeap memory = new OffHeap(precision, first, 0, Double.NaN);
    OffHeap other = new OffHeap(precision, new double[] {b}, 0, Double.NaN);
    OffHeap parameters = new OffHeap(precision, first, 0);
    step.begin(false);
    step.add(0, 6000, parameters.address(), memory.address(), 0);
    step.add(0, 1, parameters.address(), 0, 0);
    step.add(0, 1, parameters.address(), other.address(), 0);
    step.measureGradients();
    boolean answer = step.gradientsAreFinite();
    assertThat(memory.hasIntactGuards() && other.hasIntactGuards()).isTrue();
    return answer;
  }

  private static ThreadPool pool(int size) {
    return POOLS.stream().filter(pool -> pool.size() == size).findFirst().orElseThrow();
  }

  private static FusedStep step(MemoryKernels kernels, Precision precision, int threads) {
    return precision == Precision.FLOAT
        ? step(kernels::ofFloats, threads)
        : step(kernels::ofDoubles, threads);
  }

  private static FusedStep step(Supplier<MemoryKernel> kernel, int threads) {
    return new FusedStep(kernel, pool(threads), 0, FusedStep.PIECE, new KernelVariant.Passes());
  }

  private static List<Tensor> draw(Precision precision, long seed, List<Integer> lengths) {
    Random random = new Random(seed);
    return lengths.stream().map(length -> Tensor.draw(random, precision, length)).toList();
  }

  private static OffHeap zero() {
    return new OffHeap(Precision.FLOAT, new double[1], 0);
  }

  private static long[] bits(double value) {
    return MemoryKernelTest.bits(new double[] {value});
  }
}
