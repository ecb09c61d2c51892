package dev.alig.benchmark.contender;

import dev.alig.nd4j.AliG;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Our optimizer as a Deeplearning4j network uses it: on the flat vectors of all parameters and
 * gradients, which it first divides by the size of the minibatch.
 *
 * <p>That size is 1 here, so that the gradients stay what they are.
 */
final class Dl4jStyle implements Stepper {
  private static final double MINIBATCH = 1;

  private final INDArray parameters;
  private final INDArray gradients;
  private final AliG optimizer;
  private final double loss;

  Dl4jStyle(Setting setting) {
    parameters = Nd4jArrays.filled(setting, Data.PARAMETERS);
    gradients = Nd4jArrays.filled(setting, Data.GRADIENTS);
    optimizer = Nd4jArrays.optimizer(setting, parameters);
    loss = setting.loss();
  }

  @Override
  public void step() {
    optimizer.step(loss, gradients.divi(MINIBATCH));
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
