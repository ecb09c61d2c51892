package com.example;

import dev.alig.nd4j.AliG;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Least squares on ND4J arrays: 20 equations with a common solution, so that the loss can be 0. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Nd4j.getRandom().setSeed(7);
    INDArray x = Nd4j.randn(DataType.DOUBLE, 20, 5);
    INDArray y = x.mmul(Nd4j.randn(DataType.DOUBLE, 5, 1));
    INDArray w = Nd4j.zeros(DataType.DOUBLE, 5, 1);
    AliG optimizer = AliG.builder().maxLearningRate(10).momentum(0.5).parameters(w).build();
    double loss = Double.NaN;
    for (int step = 0; step < 200; step++) {
      INDArray residual = x.mmul(w).sub(y);
      loss = residual.mul(residual).meanNumber().doubleValue();
      optimizer.step(loss, x.transpose().mmul(residual).mul(2.0 / 20));
    }
    System.out.println("loss " + loss);
    if (!(loss < 1e-3)) {
      throw new IllegalStateException("the loss must fall below 1e-3, was " + loss);
    }
  }
}
