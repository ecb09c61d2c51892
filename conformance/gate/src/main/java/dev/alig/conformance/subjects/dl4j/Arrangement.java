package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.model.Tensor;
import java.util.List;

/**
 * Maps the elements of a torch parameter to those of DL4J's array.
 *
 * <table>
 * <caption>By layer</caption>
 * <tr><th>layer<th>torch<th>DL4J<th>arrangement
 * <tr><td>dense<td>weight [out, in]<td>W [in, out]<td>{@link #TRANSPOSED}
 * <tr><td><td>bias [out]<td>b [1, out]<td>{@link #SAME}
 * <tr><td>convolution<td>weight [out, in, height, width]<td>W, likewise<td>{@link #SAME}
 * <tr><td>batch normalization<td>weight, bias, running_mean, running_var [n]<td>gamma, beta, mean,
 *     var [1, n]<td>{@link #SAME}
 * <tr><td>LSTM<td>weight_ih [4h, in], weight_hh [4h, h], gates i f g o<td>W [in, 4h], RW [h, 4h],
 *     gates g f o i<td>{@link #GATES}
 * <tr><td><td>bias_ih [4h]<td>b [1, 4h]<td>{@link #GATES}
 * <tr><td><td>bias_hh [4h], zero, not trained<td>none<td>
 * <tr><td>bidirectional<td>as LSTM; the second direction has the ending _reverse<td>f and b before
 *     the names<td>{@link #GATES}
 * </table>
 *
 * <p>Batch normalization has the same eps in both. Its momentum in torch is 1 - decay in DL4J. DL4J
 * averages the biased variance of a batch, and torch the unbiased variance.
 */
@FunctionalInterface
interface Arrangement {
  /** The same elements in the same order. */
  Arrangement SAME = (shape, at) -> at;

  /** A matrix with rows and columns exchanged. */
  Arrangement TRANSPOSED = blocks(0);

  /**
   * A transposed matrix with its blocks reordered: DL4J's gates g, f, o, i from torch's i, f, g, o.
   */
  Arrangement GATES = blocks(2, 1, 3, 0);

  /**
   * The position in the torch tensor of an element of DL4J's array.
   *
   * @param shape the shape of the torch tensor
   * @param at a position in DL4J's array in row-major order
   * @return the position in the torch tensor
   */
  int torchPosition(List<Integer> shape, int at);

  /**
   * A transposed matrix whose rows are cut into equal blocks and reordered. A vector counts as a
   * matrix with one column.
   *
   * @param order for each block of DL4J's columns, the index of the block of torch's rows
   */
  static Arrangement blocks(int... order) {
    return (shape, at) -> {
      int rows = shape.get(0);
      int columns = Tensor.size(shape) / rows;
      int height = rows / order.length;
      int column = at / rows;
      int row = at % rows;
      return (order[row / height] * height + row % height) * columns + column;
    };
  }

  /** DL4J's elements in row-major order. */
  default double[] toDl4j(Tensor torch) {
    double[] values = new double[torch.size()];
    for (int at = 0; at < values.length; at++) {
      values[at] = torch.get(torchPosition(torch.shape(), at));
    }
    return values;
  }

  /** The torch tensor of DL4J's elements in row-major order. */
  default Tensor toTorch(List<Integer> shape, double[] dl4j) {
    double[] values = new double[dl4j.length];
    for (int at = 0; at < dl4j.length; at++) {
      values[torchPosition(shape, at)] = dl4j[at];
    }
    return Tensor.of(shape, values);
  }
}
