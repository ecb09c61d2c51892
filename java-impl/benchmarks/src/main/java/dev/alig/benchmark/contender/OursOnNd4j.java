package dev.alig.benchmark.contender;

import dev.alig.nd4j.AliG;

/** Our optimizer on one ND4J vector. */
final class OursOnNd4j extends OnNd4j {
  private final AliG optimizer;
  private final double loss;

  OursOnNd4j(Setting setting) {
    super(setting);
    optimizer = optimizer(parameters);
    loss = setting.loss();
  }

  @Override
  public void step() {
    optimizer.step(loss, gradients);
  }
}
