package dev.alig.spark;

import dev.alig.nd4j.GradientSum;
import dev.alig.nd4j.dl4j.AliGTraining;
import java.util.zip.CRC32C;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A copy of the network, on which one task at a time computes gradients. */
final class Replica {
  private final Network network;
  private final AliGTraining training;
  private final long seed;

  private Replica(Network network, AliGTraining training, long seed) {
    this.network = network;
    this.training = training;
    this.seed = seed;
  }

  static Replica of(Plan plan) {
    Network network = Network.of(plan.isGraph(), plan.json());
    return new Replica(network, attach(network, plan.canary()), plan.seed());
  }

  /** A part of the user's own was measured in the driver; here it has to be measured again. */
  private static AliGTraining attach(Network network, MicroBatch data) {
    try {
      return network.attach();
    } catch (IllegalArgumentException unmeasured) {
      if (!network.verifySlope(load(data)).right()) {
        throw unmeasured;
      }
      return network.attach();
    }
  }

  void set(Parameters parameters) {
    parameters.copyTo(network);
  }

  /**
   * The gradient of a micro-batch.
   *
   * @param index its number in the step
   */
  GradientSum gradient(MicroBatch microBatch, long index) {
    MultiDataSet data = load(microBatch);
    try {
      return training.gradient(data, index, seed);
    } catch (RuntimeException e) {
      throw MicroBatchException.of(microBatch, e);
    }
  }

  static MultiDataSet load(MicroBatch microBatch) {
    try {
      return microBatch.load();
    } catch (Exception e) {
      throw MicroBatchException.of(microBatch, e);
    }
  }

  /** The checksum of a gradient at the parameters that the configuration's seed draws. */
  long canary(MicroBatch microBatch) {
    CRC32C checksum = new CRC32C();
    checksum.update(gradient(microBatch, 0).toBytes());
    return checksum.getValue();
  }
}
