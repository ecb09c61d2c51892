package dev.alig.conformance.torch;

import dev.alig.conformance.torch.BridgeArray.Way;
import dev.alig.conformance.torch.BridgeFormat.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Arrays of random format, shape, strides and content, with the memory that they lie in.
 *
 * <p>The arrays do not overlap in memory. The numbers in the gaps of an array are drawn like its
 * elements.
 */
final class BridgeDraw {
  private static final int MAX_ARRAYS = 5;
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_LENGTH = 4;

  private final SplittableRandom random;
  private final boolean apart;
  private final List<BridgeArray> arrays = new ArrayList<>();
  private final List<Extent> extents = new ArrayList<>();
  private int inputEnd;
  private int outputEnd;

  /** An array's memory, gaps included: {@code elements} numbers, from byte {@code first} on. */
  private record Extent(BridgeFormat format, int first, int elements) {}

  private BridgeDraw(SplittableRandom random, boolean apart) {
    this.random = random;
    this.apart = apart;
    int count = random.nextInt(1, MAX_ARRAYS + 1);
    for (int i = 0; i < count; i++) {
      add();
    }
  }

  /** Arrays of every kind. */
  static BridgeDraw any(SplittableRandom random) {
    return new BridgeDraw(random, false);
  }

  /** Arrays that torch can write to: no two elements share memory, and no stride is negative. */
  static BridgeDraw writable(SplittableRandom random) {
    return new BridgeDraw(random, true);
  }

  List<BridgeArray> arrays() {
    return arrays;
  }

  /** Memory for the inputs, filled with numbers of all kinds. */
  ByteBuffer inputs() {
    ByteBuffer inputs = direct(inputEnd);
    for (int b = 0; b < inputEnd; b++) {
      inputs.put(b, (byte) random.nextInt());
    }
    fill(inputs);
    return inputs;
  }

  /** Draws new numbers into the memory of the arrays. */
  void fill(ByteBuffer inputs) {
    for (Extent extent : extents) {
      for (int e = 0; e < extent.elements(); e++) {
        Kind kind = pick(Kind.values(), random);
        int position = extent.first() + e * extent.format().bytes();
        extent.format().put(inputs, position, extent.format().draw(kind, random));
      }
    }
  }

  /** Memory for the outputs, filled with random bytes. */
  ByteBuffer outputs() {
    ByteBuffer outputs = direct(outputEnd);
    for (int b = 0; b < outputEnd; b++) {
      outputs.put(b, (byte) random.nextInt());
    }
    return outputs;
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private void add() {
    BridgeFormat format = pick(BridgeFormat.values(), random);
    List<Integer> shape = shape(random);
    List<Integer> strides = strides(shape);
    int below = 0;
    int above = 0;
    for (int d = 0; d < shape.size(); d++) {
      int reach = Math.max(shape.get(d) - 1, 0) * strides.get(d);
      below += Math.min(reach, 0);
      above += Math.max(reach, 0);
    }
    int first = start(inputEnd, format.bytes());
    extents.add(new Extent(format, first, above - below + 1));
    inputEnd = first + (above - below + 1) * format.bytes() + random.nextInt(1, 20);
    int out = start(outputEnd, format.bytes());
    int offset = first - below * format.bytes();
    BridgeArray array = new BridgeArray(format, shape, strides, offset, out, way(strides));
    arrays.add(array);
    outputEnd = out + array.size() * format.bytes() + random.nextInt(1, 20);
  }

  /** The next multiple of an element's size after a random gap. */
  private int start(int end, int bytes) {
    return (end + random.nextInt(20) + bytes - 1) / bytes * bytes;
  }

  /** One of the values, each as likely as the others. */
  static <T> T pick(T[] values, SplittableRandom random) {
    return values[random.nextInt(values.length)];
  }

  /** A shape of up to four dimensions; some are scalars, some are empty. */
  static List<Integer> shape(SplittableRandom random) {
    List<Integer> shape = new ArrayList<>();
    int dimensions = random.nextInt(MAX_DIMENSIONS + 1);
    for (int d = 0; d < dimensions; d++) {
      boolean empty = random.nextInt(12) == 0;
      shape.add(empty ? 0 : random.nextInt(1, MAX_LENGTH + 1));
    }
    return shape;
  }

  /**
   * Dense strides in a random order of the dimensions; some are then widened, negated or set to 0.
   */
  private List<Integer> strides(List<Integer> shape) {
    List<Integer> order = new ArrayList<>();
    for (int d = shape.size() - 1; d >= 0; d--) {
      order.add(d);
    }
    if (random.nextBoolean()) {
      Collections.shuffle(order, new Random(random.nextLong()));
    }
    List<Integer> strides = new ArrayList<>(Collections.nCopies(shape.size(), 0));
    int distance = 1;
    for (int d : order) {
      distance *= random.nextInt(4) == 0 ? random.nextInt(2, 4) : 1;
      strides.set(d, turned(distance));
      distance *= Math.max(shape.get(d), 1);
    }
    return strides;
  }

  private int turned(int distance) {
    if (apart) {
      return distance;
    }
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> -distance;
      default -> distance;
    };
  }

  private Way way(List<Integer> strides) {
    boolean negative = strides.stream().anyMatch(stride -> stride < 0);
    return negative ? Way.OWNED : pick(Way.values(), random);
  }
}
