package dev.alig.benchmark.contender;

import dev.alig.nd4j.AliG;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Our optimizer on one ND4J vector. */
final class OursOnNd4j implements Stepper {
  private final INDArray parameters;
  private final INDArray gradients;
  private final AliG optimizer;
  private final double loss;

  OursOnNd4j(Setting setting) {
    parameters = Nd4jArrays.filled(setting, Data.PARAMETERS);
    gradients = Nd4jArrays.filled(setting, Data.GRADIENTS);
    optimizer = Nd4jArrays.optimizer(setting, parameters);
    loss = setting.loss();
  }

  @Override
  public void step() {
    optimizer.step(loss, gradients);
  }

  @Override
  public double[] parameters() {
    return parameters.data().asDouble();
  }

  @Override
  public void close() {
    parameters.close();
    gradients.close();
  }
}
