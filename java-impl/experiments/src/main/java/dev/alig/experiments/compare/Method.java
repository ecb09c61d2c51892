package dev.alig.experiments.compare;

import dev.alig.nd4j.dl4j.AliGUpdater;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/** An optimizer with one hyperparameter to tune, which is tried over five decades. */
enum Method {
  /** ALI-G with momentum 0.9; the hyperparameter is the maximal learning rate. */
  ALIG("ALI-G", -2),
  /** Deeplearning4j's Nesterovs with momentum 0.9; the hyperparameter is the learning rate. */
  NESTEROVS("Nesterovs", -4),
  /**
   * Deeplearning4j's Adam with its default decay rates; the hyperparameter is the learning rate.
   */
  ADAM("Adam", -5);

  private static final double MOMENTUM = 0.9;
  private static final int DECADES = 5;

  private final String label;
  private final int smallest;

  /** Creates an optimizer; its smallest rate is ten to the power of {@code smallest}. */
  Method(String label, int smallest) {
    this.label = label;
    this.smallest = smallest;
  }

  String label() {
    return label;
  }

  /** The rates that are tried, smallest first. */
  List<Double> rates() {
    return IntStream.range(smallest, smallest + DECADES)
        .mapToObj(exponent -> Double.valueOf("1e" + exponent))
        .toList();
  }

  IUpdater updater(double rate) {
    return switch (this) {
      case ALIG -> AliGUpdater.builder().maxLearningRate(rate).momentum(MOMENTUM).build();
      case NESTEROVS -> new Nesterovs(rate, MOMENTUM);
      case ADAM -> new Adam(rate);
    };
  }
}
