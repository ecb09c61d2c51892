package dev.alig.nd4j.samediff;

import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.shape.Gather;

/**
 * The gradient of gather: an element that is gathered several times gets the sum of the gradients.
 *
 * <p>SameDiff's gradient keeps only one of them. Here the gradients are reshaped to [before,
 * gathered, after], with the gathered dimensions merged into one. That dimension is moved to the
 * front, and the gradients are added up by index.
 */
final class GatherGradient {
  private GatherGradient() {}

  static List<SDVariable> gradients(Gather original, DifferentialFunction copy, SDVariable above) {
    SameDiff sd = copy.getSameDiff();
    SDVariable x = copy.arg(0);
    SDVariable indices = copy.arg(1);
    SDVariable shape = sd.shape(x).castTo(DataType.INT64);
    long axis = original.iArgs()[0];
    SDVariable one = sd.constant(1L).reshape(1);
    SDVariable all = sd.constant(-1L).reshape(1);
    SDVariable count = sd.size(indices).castTo(DataType.INT64).reshape(1);
    SDVariable flat = sd.reshape(indices.castTo(DataType.INT32), all);
    SDVariable zeros = sd.zerosLike(x);
    if (axis == 0) {
      SDVariable rows = sd.sizeAt(x, 0).castTo(DataType.INT64).reshape(1);
      SDVariable values = sd.reshape(above, sd.concat(0, count, all));
      SDVariable sums = sd.scatterAdd(sd.reshape(zeros, sd.concat(0, rows, all)), flat, values);
      return List.of(sd.reshape(sums, shape), sd.zerosLike(indices));
    }
    int dimension = (int) axis;
    SDVariable size = sd.sizeAt(x, dimension).castTo(DataType.INT64).reshape(1);
    SDVariable before = one;
    for (int i = 0; i < dimension; i++) {
      before = before.mul(sd.sizeAt(x, i).castTo(DataType.INT64).reshape(1));
    }
    SDVariable values = sd.permute(sd.reshape(above, sd.concat(0, before, count, all)), 1, 0, 2);
    SDVariable target = sd.permute(sd.reshape(zeros, sd.concat(0, before, size, all)), 1, 0, 2);
    SDVariable sums = sd.permute(sd.scatterAdd(target, flat, values), 1, 0, 2);
    return List.of(sd.reshape(sums, shape), sd.zerosLike(indices));
  }
}
