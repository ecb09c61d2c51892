package dev.alig.conformance.subjects;

import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Objective;
import dev.alig.experiments.networks.DenseNet;
import dev.alig.experiments.networks.Loss;
import dev.alig.experiments.networks.Network;
import dev.alig.experiments.networks.ResNet;
import dev.alig.experiments.networks.WideResNet;

/** The image networks of the experiments that are trained here, in small. */
public final class ImageNetworks {
  /** A wide residual network. */
  public static final Network WRN = new WideResNet(10, 1, 0, 10);

  /** The same with dropout. Its scores in evaluation are the same. */
  public static final Network WRN_WITH_DROPOUT = new WideResNet(10, 1, 0.4, 10);

  /** A densely connected network. */
  public static final Network DENSENET = DenseNet.bottlenecks(10, 6, 10);

  /** A residual network. */
  public static final Network RESNET = new ResNet(10, 4, 10);

  private ImageNetworks() {}

  /** The loss that a case trains an image network by. */
  public static Loss loss(TrainingCase trained) {
    return trained.objective() == Objective.TOP5 ? new Loss.Truncated(5) : Loss.CROSS_ENTROPY;
  }
}
