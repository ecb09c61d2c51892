package dev.alig.benchmark.contender;

import dev.alig.nd4j.AliG;

/**
 * Our optimizer as a Deeplearning4j network uses it: on the flat vectors of all parameters and
 * gradients, which it first divides by the size of the minibatch.
 *
 * <p>That size is 1 here, so that the gradients stay what they are.
 */
final class Dl4jStyle extends OnNd4j {
  private static final double MINIBATCH = 1;

  private final AliG optimizer;
  private final double loss;

  Dl4jStyle(Setting setting) {
    super(setting);
    optimizer = optimizer(parameters);
    loss = setting.loss();
  }

  @Override
  public void step() {
    optimizer.step(loss, gradients.divi(MINIBATCH));
  }
}
