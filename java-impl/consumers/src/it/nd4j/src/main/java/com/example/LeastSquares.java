package com.example;

import dev.alig.StepReport;
import dev.alig.nd4j.AliG;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Least squares on ND4J arrays: 20 equations with a common solution, so that the loss can be 0. */
public final class LeastSquares {
  private LeastSquares() {}

  public static void main(String[] arguments) {
    System.out.println("distance from the solution: " + train());
  }

  static double train() {
    Nd4j.getRandom().setSeed(7);
    INDArray x = Nd4j.randn(DataType.DOUBLE, 20, 5);
    INDArray solution = Nd4j.randn(DataType.DOUBLE, 5, 1);
    INDArray y = x.mmul(solution);
    INDArray w = Nd4j.zeros(DataType.DOUBLE, 5, 1);

    AliG optimizer = AliG.builder().maxLearningRate(10).momentum(0.5).parameters(w).build();
    for (int step = 0; step < 200; step++) {
      INDArray residual = x.mmul(w).sub(y);
      double loss = residual.mul(residual).meanNumber().doubleValue();
      INDArray gradient = x.transpose().mmul(residual).mul(2.0 / 20);
      StepReport report = optimizer.step(loss, gradient);
      if (step % 50 == 0) {
        System.out.println("loss " + loss + ", step size " + report.meanStepSize());
      }
    }
    return w.distance2(solution);
  }
}
