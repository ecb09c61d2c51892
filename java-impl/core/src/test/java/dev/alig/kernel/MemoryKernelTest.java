package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.Precision;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel on off-heap memory gives the bits of the one on arrays, and stays within bounds. */
class MemoryKernelTest {
  private static final double STEP = 0.0123;
  private static final double MOMENTUM = 0.9;

  static Stream<Arguments> kernels() {
    return MemoryKernelsAtHand.all().stream()
        .flatMap(k -> Stream.of(Precision.FLOAT, Precision.DOUBLE).map(p -> Arguments.of(k, p)));
  }

  static Stream<Arguments> moves() {
    return kernels()
        .flatMap(
            k -> Stream.of(Move.values()).map(move -> Arguments.of(k.get()[0], k.get()[1], move)));
  }

  /** All short lengths, and those around the ends of vectors, lanes, copies and blocks. */
  private static int[] lengths() {
    return IntStream.concat(
            IntStream.rangeClosed(0, 300),
            IntStream.of(511, 512, 513, 1023, 1024, 1025, 2100, 4064, 4095, 4096))
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("moves")
  void movesAsArraysDo(MemoryKernels kernels, Precision precision, Move move) {
    for (int length : lengths()) {
      for (boolean special : new boolean[] {false, true}) {
        Random random = new Random(length);
        double[] p = draw(random, precision, length, special);
        double[] v = draw(random, precision, length, special);
        double[] g = draw(random, precision, length, special);
        check(kernels, Elements.of(precision), precision, move, p, v, g);
      }
    }
  }

  private static <A> void check(
      MemoryKernels kernels,
      Elements<A> elements,
      Precision precision,
      Move move,
      double[] p,
      double[] v,
      double[] g) {
    Slice<A> heapP = elements.slice(p, 0);
    Slice<A> heapV = elements.slice(v, 0);
    move.on(elements.kernel(), heapP, heapV, elements.slice(g, 0), STEP, MOMENTUM);
    double squares = elements.kernel().sumOfSquares(heapP, false);
    OffHeap offP = new OffHeap(precision, p, 1);
    OffHeap offV = new OffHeap(precision, v, 3);
    OffHeap offG = new OffHeap(precision, g, 0);
    MemoryKernel kernel = kernel(kernels, precision);
    move.on(kernel, offP, offV, offG, STEP, MOMENTUM, true);
    assertThat(bits(offP.values())).isEqualTo(bits(elements.values(heapP)));
    assertThat(bits(offV.values())).isEqualTo(bits(elements.values(heapV)));
    assertThat(bits(offG.values())).isEqualTo(bits(g));
    assertThat(offP.hasIntactGuards() && offV.hasIntactGuards() && offG.hasIntactGuards()).isTrue();
    assertThat(taken(kernel, offP, p.length)).isEqualTo(Double.valueOf(squares));
    move.on(kernel, offP, offV, offG, STEP, MOMENTUM, false);
    double[] none = new double[1];
    kernel.takeSquares(none, new double[1], 0);
    assertThat(none[0]).as("squares that nobody asked for").isZero();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sumsSquaresAsArraysDo(MemoryKernels kernels, Precision precision) {
    for (int length : lengths()) {
      double[] x = draw(new Random(length), precision, length, false);
      OffHeap offX = new OffHeap(precision, x, length % 5);
      MemoryKernel kernel = kernel(kernels, precision);
      kernel.addSquares(offX.address(), length);
      assertThat(offX.hasIntactGuards()).isTrue();
      assertThat(taken(kernel, offX, length))
          .isEqualTo(sumOfSquares(Elements.of(precision), x, false));
      assertThat(wide(kernel, offX, length))
          .isEqualTo(sumOfSquares(Elements.of(precision), x, true));
    }
  }

  /** Squares beyond the range of float are added again in double. */
  @ParameterizedTest
  @MethodSource("kernels")
  void sumsSquaresOfAnyMagnitudeAsArraysDo(MemoryKernels kernels, Precision precision) {
    for (double scale : new double[] {0, 1e-45, 1e-30, 1e-20, 1e-15, 1e18, 1e20, 1e38}) {
      double[] x = draw(new Random(7), Precision.DOUBLE, 1000, false);
      for (int i = 0; i < x.length; i++) {
        x[i] = precision.round(x[i] * scale);
      }
      OffHeap offX = new OffHeap(precision, x, 1);
      MemoryKernel kernel = kernel(kernels, precision);
      kernel.addSquares(offX.address(), x.length);
      assertThat(taken(kernel, offX, x.length))
          .isEqualTo(sumOfSquares(Elements.of(precision), x, false));
    }
  }

  private static <A> double sumOfSquares(Elements<A> elements, double[] x, boolean wide) {
    return elements.kernel().sumOfSquares(elements.slice(x, 0), wide);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void squaresInPartsAreTheSame(MemoryKernels kernels, Precision precision) {
    double[] x = draw(new Random(1), precision, 3 * MemoryKernel.PART + 77, false);
    OffHeap offX = new OffHeap(precision, x, 2);
    MemoryKernel kernel = kernel(kernels, precision);
    for (int from = 0; from < x.length; from += MemoryKernel.PART) {
      int part = Math.min(MemoryKernel.PART, x.length - from);
      kernel.addSquares(offX.address() + (long) from * offX.bytes(), part);
    }
    assertThat(offX.hasIntactGuards()).isTrue();
    assertThat(taken(kernel, offX, x.length))
        .isEqualTo(sumOfSquares(Elements.of(precision), x, false));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void scalesAsArraysDo(MemoryKernels kernels, Precision precision) {
    for (int length : lengths()) {
      double[] x = draw(new Random(length), precision, length, true);
      OffHeap offX = new OffHeap(precision, x, 1);
      kernel(kernels, precision).scale(offX.address(), length, 0.3);
      double[] expected = scaled(Elements.of(precision), x);
      assertThat(bits(offX.values())).isEqualTo(bits(expected));
      assertThat(offX.hasIntactGuards()).isTrue();
    }
  }

  private static <A> double[] scaled(Elements<A> elements, double[] x) {
    Slice<A> slice = elements.slice(x, 0);
    elements.kernel().scale(slice, 0.3);
    return elements.values(slice);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void noticesOneBadElementAnywhere(MemoryKernels kernels, Precision precision) {
    MemoryKernel kernel = kernel(kernels, precision);
    double large = precision == Precision.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
    double[] x = new double[700];
    Arrays.fill(x, large);
    assertThat(allFinite(kernel, precision, x)).isTrue();
    for (int i = 0; i < x.length; i += 3) {
      x[i] = i % 2 == 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
      assertThat(allFinite(kernel, precision, x)).isFalse();
      x[i] = large;
    }
  }

  private static boolean allFinite(MemoryKernel kernel, Precision precision, double[] x) {
    OffHeap offX = new OffHeap(precision, x, 1);
    boolean answer = kernel.allFinite(offX.address(), x.length);
    assertThat(offX.hasIntactGuards()).isTrue();
    return answer;
  }

  @Test
  void theVectorKernelIsTriedWhereItCanBe() {
    boolean expected =
        Runtime.version().feature() >= 22
            && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(MemoryKernelsAtHand.all())
        .extracting(MemoryKernels::name)
        .hasSize(expected ? 2 : 1)
        .contains(expected ? "vector" : "portable");
  }

  private static MemoryKernel kernel(MemoryKernels kernels, Precision precision) {
    return precision == Precision.FLOAT ? kernels.ofFloats() : kernels.ofDoubles();
  }

  /** The block's sum as a step takes it; it must leave the kernel ready for the next. */
  private static double taken(MemoryKernel kernel, OffHeap x, int length) {
    double[] sums = new double[2];
    double[] lost = new double[2];
    if (!kernel.takeSquares(sums, lost, 1)) {
      return wide(kernel, x, length);
    }
    return total(sums, lost);
  }

  private static double wide(MemoryKernel kernel, OffHeap x, int length) {
    double[] sums = new double[2];
    double[] lost = new double[2];
    kernel.wideSquares(x.address(), length, sums, lost, 1);
    return total(sums, lost);
  }

  private static double total(double[] sums, double[] lost) {
    CompensatedSum sum = new CompensatedSum();
    sum.add(sums[1], lost[1]);
    return sum.value();
  }

  /** Values of mixed magnitudes; among special ones every fifth is at an end of the format. */
  static double[] draw(Random random, Precision precision, int length, boolean special) {
    double[] ends = {
      0.0,
      -0.0,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      precision == Precision.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE,
      precision == Precision.FLOAT ? Float.MIN_VALUE : Double.MIN_VALUE,
      precision == Precision.FLOAT ? -Float.MIN_NORMAL : -Double.MIN_NORMAL,
    };
    return random
        .doubles(length, -2, 2)
        .map(x -> Math.scalb(x, random.nextInt(24) - 12))
        .map(x -> special && random.nextInt(5) == 0 ? ends[random.nextInt(ends.length)] : x)
        .map(precision::round)
        .toArray();
  }

  /** Bit patterns; one for all NaN, whose payload is nobody's concern. */
  static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
  }
}
