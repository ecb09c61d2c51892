package dev.alig.benchmark.contender;

import dev.alig.GroupSettings;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The authors' step spelled in operations of ND4J, each a pass over the data, in place and without
 * an allocation: what an ND4J user would write by hand.
 */
final class OpByOp extends OnNd4j {
  private static final double EPS = 1e-5;

  private final Setting setting;
  private final INDArray momenta;
  private final INDArray scratch;

  OpByOp(Setting setting) {
    super(setting);
    this.setting = setting;
    momenta = zeros();
    scratch = zeros();
  }

  @Override
  public void step() {
    double norm = gradients.norm2Number().doubleValue();
    double stepSize = Math.min(setting.loss() / (norm * norm + EPS), GroupSettings.UNCAPPED);
    double momentum = setting.momentum().factor();
    gradients.muli(stepSize, scratch);
    parameters.subi(scratch);
    switch (setting.momentum()) {
      case NONE -> {}
      case STANDARD -> {
        momenta.muli(momentum).subi(scratch);
        parameters.addi(momenta.muli(momentum, scratch));
      }
      case ADJUSTED -> {
        momenta.muli(momentum).subi(gradients);
        parameters.addi(momenta.muli(stepSize * momentum, scratch));
      }
    }
    if (setting.ball()) {
      project();
    }
  }

  private void project() {
    double norm = parameters.norm2Number().doubleValue();
    if (norm > setting.radius()) {
      parameters.muli(setting.radius() / norm);
    }
  }
}
