package dev.alig.benchmark.contender;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * ND4J's own updater for SGD with Nesterov's momentum; no ALI-G, but what Deeplearning4j users
 * have.
 *
 * <p>It puts the update in the gradient's place: v' = μv − λg, g' = (1 + μ)λg − μ²v, which a step
 * then subtracts from the parameters. With λ = 1 − μ that map of (v, g) has the eigenvalues 1 and
 * μλ, so that the numbers stay of one size from step to step and the gradient need not be renewed.
 */
final class StockNesterovs extends OnNd4j {
  private final double momentum;
  private final INDArray state;
  private final GradientUpdater<?> updater;
  private int iteration;

  StockNesterovs(Setting setting) {
    super(setting);
    momentum = setting.momentum().factor();
    state = zeros();
    updater = new Nesterovs(learningRate(), momentum).instantiate(state, true);
  }

  double learningRate() {
    return 1 - momentum;
  }

  @Override
  public void step() {
    updater.applyUpdater(gradients, iteration++, 0);
    parameters.subi(gradients);
  }
}
