package dev.alig.nd4j;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.zip.CRC32C;

/**
 * The summed gradients and losses of micro-batches, from which one step can be taken.
 *
 * <p>Each micro-batch of a step has an index from 0. The sums are in double precision, along the
 * binary tree of the indices: 0 + 1, 2 + 3, then (0 + 1) + (2 + 3), and so on. So the total is the
 * same, bit for bit, however the micro-batches are distributed and in whatever order their sums are
 * joined with {@link #plus}.
 *
 * <p>A sum knows the iteration and the parameters that it belongs to. Sums of other iterations or
 * parameters cannot be joined, and a step refuses them. Instances do not change.
 */
public final class GradientSum {
  private static final int MAGIC = 0x414C4753;
  private static final int VERSION = 1;
  private static final int HEADER = 4 * Integer.BYTES + 2 * Long.BYTES;

  /** Greater indices have no place in the tree. */
  private static final long MOST = 1L << 40;

  /**
   * What a gradient was computed from.
   *
   * @param iteration the number of steps before
   * @param checksum a checksum of the parameters
   */
  public record Origin(long iteration, long checksum) {
    private static final int BLOCK = 1024;

    /** The origin of a gradient of these parameters. */
    public static Origin of(long iteration, double[] parameters) {
      CRC32C checksum = new CRC32C();
      ByteBuffer block = ByteBuffer.allocate(Double.BYTES * BLOCK);
      for (int from = 0; from < parameters.length; from += BLOCK) {
        int length = Math.min(BLOCK, parameters.length - from);
        block.clear().asDoubleBuffer().put(parameters, from, length);
        checksum.update(block.limit(Double.BYTES * length));
      }
      return new Origin(iteration, checksum.getValue());
    }
  }

  /**
   * The sum over all indices from {@code start} to {@code start + 2^level - 1}; {@code start} is a
   * multiple of 2^level.
   */
  @SuppressWarnings("ArrayRecordComponent") // millions of numbers, never compared
  private record Node(int level, long start, double weight, double loss, double[] gradient) {
    long end() {
      return start + (1L << level);
    }

    /** Where the other half of the next larger range starts. */
    long siblingStart() {
      return start ^ (1L << level);
    }

    /** The sum over both; this one has the smaller indices. */
    Node plus(Node next) {
      double[] sum = gradient.clone();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += next.gradient[i];
      }
      return new Node(level + 1, start, weight + next.weight, loss + next.loss, sum);
    }
  }

  private final Origin origin;
  private final NavigableMap<Long, Node> nodes;

  private GradientSum(Origin origin, NavigableMap<Long, Node> nodes) {
    this.origin = origin;
    this.nodes = nodes;
  }

  /**
   * The sum of one micro-batch.
   *
   * @param origin what the gradient was computed from
   * @param index the number of the micro-batch in its step, from 0
   * @param weight its share of the step's mean, such as its number of examples; more than 0
   * @param loss its loss times its weight
   * @param gradient its gradient times its weight; it is copied
   * @throws IllegalArgumentException if the index or the weight is out of range
   */
  public static GradientSum of(
      Origin origin, long index, double weight, double loss, double[] gradient) {
    if (index < 0 || index >= MOST) {
      throw new IllegalArgumentException(
          "the index of a micro-batch must be from 0 to %d, was %d".formatted(MOST - 1, index));
    }
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weight of a micro-batch must be more than 0 and finite, was " + weight);
    }
    NavigableMap<Long, Node> nodes = new TreeMap<>();
    nodes.put(index, new Node(0, index, weight, loss, gradient.clone()));
    return new GradientSum(origin, nodes);
  }

  /**
   * The sum over the micro-batches of both.
   *
   * @throws IllegalArgumentException if a micro-batch is in both, or they belong to different
   *     iterations or parameters
   */
  public GradientSum plus(GradientSum other) {
    if (!origin.equals(other.origin) || size() != other.size()) {
      throw new IllegalArgumentException(
          "the sums cannot be joined: one is of iteration %d with %d parameters and checksum %08x, the other of iteration %d with %d parameters and checksum %08x; join sums of one step only"
              .formatted(
                  origin.iteration,
                  size(),
                  origin.checksum,
                  other.origin.iteration,
                  other.size(),
                  other.origin.checksum));
    }
    NavigableMap<Long, Node> joined = new TreeMap<>(nodes);
    other.nodes.values().forEach(node -> add(joined, node));
    return new GradientSum(origin, joined);
  }

  private static void add(NavigableMap<Long, Node> nodes, Node added) {
    Map.Entry<Long, Node> below = nodes.lowerEntry(added.end());
    if (below != null && below.getValue().end() > added.start) {
      throw new IllegalArgumentException(
          "micro-batch %d is in both sums; give each micro-batch of a step its own index, and add it once"
              .formatted(Math.max(added.start, below.getKey())));
    }
    Node node = added;
    Node sibling = nodes.get(node.siblingStart());
    while (sibling != null && sibling.level == node.level) {
      nodes.remove(sibling.start);
      node = node.start < sibling.start ? node.plus(sibling) : sibling.plus(node);
      sibling = nodes.get(node.siblingStart());
    }
    nodes.put(node.start, node);
  }

  /** What the gradients were computed from. */
  public Origin origin() {
    return origin;
  }

  /**
   * Checks that the gradients were computed from the model as it is now.
   *
   * @throws IllegalStateException if they were not
   */
  public void requireOrigin(Origin present) {
    if (!origin.equals(present)) {
      throw new IllegalStateException(
          "the gradients are those of iteration %d and of parameters with checksum %08x, and the model is at iteration %d with checksum %08x; compute the gradients of all micro-batches at the model's present parameters"
              .formatted(origin.iteration, origin.checksum, present.iteration, present.checksum));
    }
  }

  /** The number of parameters. */
  public int size() {
    return nodes.firstEntry().getValue().gradient.length;
  }

  /** The number of micro-batches. */
  public long count() {
    return nodes.values().stream().mapToLong(node -> node.end() - node.start).sum();
  }

  /** Whether all losses and gradients are finite. A sum with NaN or an infinity is not. */
  public boolean isFinite() {
    return nodes.values().stream()
        .allMatch(
            node ->
                Double.isFinite(node.loss)
                    && DoubleStream.of(node.gradient).allMatch(Double::isFinite));
  }

  /**
   * The total over all micro-batches of a step.
   *
   * @throws IllegalStateException if the indices have a gap, so that a micro-batch is missing
   */
  public Total total() {
    long next = 0;
    for (Node node : nodes.values()) {
      if (node.start != next) {
        throw new IllegalStateException(
            "micro-batch %d is missing from the sum; add every micro-batch from 0 to %d before the step"
                .formatted(next, nodes.lastEntry().getValue().end() - 1));
      }
      next = node.end();
    }
    // A gap at the end of the tree counts as nothing.
    Iterator<Node> smallest = nodes.descendingMap().values().iterator();
    Node total = smallest.next();
    while (smallest.hasNext()) {
      total = smallest.next().plus(total);
    }
    return new Total(total.weight, total.loss, total.gradient.clone());
  }

  /**
   * The sums over a whole step.
   *
   * @param weight Σ of the weights
   * @param loss Σ weight·loss
   * @param gradient Σ weight·gradient
   */
  @SuppressWarnings("ArrayRecordComponent") // millions of numbers, never compared
  public record Total(double weight, double loss, double[] gradient) {}

  /**
   * The sum as bytes, with version and checksum.
   *
   * @throws IllegalStateException if they are more than an array can hold, which is 2 GiB
   */
  public byte[] toBytes() {
    long length = HEADER + nodes.size() * bytesOfNode(size()) + Integer.BYTES;
    if (length > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "the sum has %d bytes, more than an array can hold; give each worker micro-batches with consecutive indices, so that its sum has few parts"
              .formatted(length));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    bytes.putInt(MAGIC).putInt(VERSION).putLong(origin.iteration).putLong(origin.checksum);
    bytes.putInt(size()).putInt(nodes.size());
    for (Node node : nodes.values()) {
      bytes.putInt(node.level).putLong(node.start).putDouble(node.weight).putDouble(node.loss);
      bytes.asDoubleBuffer().put(node.gradient);
      bytes.position(bytes.position() + Double.BYTES * node.gradient.length);
    }
    return bytes.putInt(checksum(bytes)).array();
  }

  private static long bytesOfNode(int size) {
    return Integer.BYTES + Long.BYTES + 2 * Double.BYTES + (long) Double.BYTES * size;
  }

  /** The checksum of what was written or read before the buffer's position. */
  private static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate().flip());
    return (int) checksum.getValue();
  }

  /**
   * A sum from its bytes.
   *
   * @throws StateException if the bytes are no sum, cut off, damaged, or of another format version
   */
  public static GradientSum fromBytes(byte[] array) throws StateException {
    ByteBuffer bytes = ByteBuffer.wrap(array);
    if (array.length < HEADER + Integer.BYTES || bytes.getInt() != MAGIC) {
      throw new StateException(
          "not a gradient sum: it must start with the bytes \"ALGS\", and have at least %d bytes; pass what toBytes() returned"
              .formatted(HEADER + Integer.BYTES));
    }
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new StateException(
          "the gradient sum has format version %d, and this release reads %d; use one release of ALI-G everywhere"
              .formatted(version, VERSION));
    }
    bytes.position(array.length - Integer.BYTES);
    if (checksum(bytes) != bytes.getInt()) {
      throw new StateException(
          "the gradient sum is cut off or damaged: its checksum does not match; compute it again");
    }
    bytes.position(2 * Integer.BYTES);
    Origin origin = new Origin(bytes.getLong(), bytes.getLong());
    int size = bytes.getInt();
    int count = bytes.getInt();
    NavigableMap<Long, Node> nodes = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      Node node =
          new Node(
              bytes.getInt(),
              bytes.getLong(),
              bytes.getDouble(),
              bytes.getDouble(),
              new double[size]);
      bytes.asDoubleBuffer().get(node.gradient);
      bytes.position(bytes.position() + Double.BYTES * size);
      nodes.put(node.start, node);
    }
    return new GradientSum(origin, nodes);
  }
}
