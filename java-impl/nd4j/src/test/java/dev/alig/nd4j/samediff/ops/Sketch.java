package dev.alig.nd4j.samediff.ops;

import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph under construction, in DOUBLE, whose values keep away from kinks and poles. */
public final class Sketch {
  public final SameDiff sd = SameDiff.create();
  private final Random random = new Random(11);

  /** A variable to train, with values between 0.2 and 0.8. */
  public SDVariable x(long... shape) {
    return sd.var("x" + sd.variables().size(), values(0.2, 0.8, shape));
  }

  /** A variable to train, with values between -0.9 and 0.9, none nearer to 0 than 0.1. */
  public SDVariable signed(long... shape) {
    INDArray values = values(0.1, 0.9, shape);
    for (long i = 0; i < values.length(); i += 2) {
      values.putScalar(i, -values.getDouble(i));
    }
    return sd.var("x" + sd.variables().size(), values);
  }

  /** A constant, with values between 0.2 and 0.8. */
  public SDVariable constant(long... shape) {
    return sd.constant(values(0.2, 0.8, shape));
  }

  /** A constant vector of integers. */
  public SDVariable ints(int... values) {
    return sd.constant(Nd4j.createFromArray(values));
  }

  /** A constant of zeros and ones. */
  public SDVariable labels(long... shape) {
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, shape);
    for (long i = 0; i < labels.length(); i += 3) {
      labels.putScalar(i, 1);
    }
    return sd.constant(labels);
  }

  /** A constant with a one in each row. */
  public SDVariable oneHot(int rows, int classes) {
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, rows, classes);
    for (int i = 0; i < rows; i++) {
      labels.putScalar(i, i % classes, 1);
    }
    return sd.constant(labels);
  }

  private INDArray values(double low, double high, long... shape) {
    INDArray values = Nd4j.create(DataType.DOUBLE, shape);
    for (long i = 0; i < values.length(); i++) {
      values.putScalar(i, low + (high - low) * random.nextDouble());
    }
    return values;
  }

  /** A loss of which each element of each result has another share. */
  SDVariable loss(SDVariable... results) {
    SDVariable sum = sd.constant(0.0);
    for (SDVariable result : results) {
      sum = sum.add(result.mul(result).mul(0.5).add(result.mul(0.3)).sum());
    }
    return sum;
  }
}
