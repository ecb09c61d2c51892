package dev.alig.conformance.torch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An array that crosses the bridge.
 *
 * @param strides the distance between neighbours per dimension, in elements; may be 0 or negative
 * @param offset the position of its first element in the inputs, in bytes
 * @param out where Python writes it in the outputs, dense and row-major, in bytes
 * @param way how Python makes it a tensor
 */
record BridgeArray(
    BridgeFormat format, List<Integer> shape, List<Integer> strides, int offset, int out, Way way) {
  /** The ways in which numbers of a case become tensors. */
  enum Way {
    /** A tensor on the shared memory, like the data of models. */
    BORROWED("borrowed"),
    /** A tensor on a copy, like parameters. */
    OWNED("owned"),
    /** Copied into an existing tensor, like gradients and momentum buffers. */
    LOAD("load");

    private final String word;

    Way(String word) {
      this.word = word;
    }
  }

  BridgeArray {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    if (shape.size() != strides.size()) {
      throw new IllegalArgumentException("shape " + shape + " needs as many strides: " + strides);
    }
  }

  /** The number of elements. */
  int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The positions of the elements in the inputs, in row-major order. */
  List<Integer> positions() {
    List<Integer> positions = new ArrayList<>(List.of(offset));
    for (int d = 0; d < shape.size(); d++) {
      int stride = strides.get(d) * format.bytes();
      List<Integer> next = new ArrayList<>();
      for (int position : positions) {
        for (int i = 0; i < shape.get(d); i++) {
          next.add(position + i * stride);
        }
      }
      positions = next;
    }
    return positions;
  }

  /** The bits of its elements in row-major order. */
  long[] read(ByteBuffer inputs) {
    return positions().stream().mapToLong(position -> format.get(inputs, position)).toArray();
  }

  void describe(ObjectNode node) {
    node.put("dtype", format.torchName());
    ArrayNode lengths = node.putArray("shape");
    shape.forEach(lengths::add);
    ArrayNode distances = node.putArray("strides");
    strides.forEach(stride -> distances.add(stride * format.bytes()));
    node.put("offset", offset);
    node.put("out", out);
    node.put("way", way.word);
  }

  @Override
  public String toString() {
    return "%s%s, strides %s, offset %d, %s"
        .formatted(format.torchName(), shape, strides, offset, way.word);
  }
}
