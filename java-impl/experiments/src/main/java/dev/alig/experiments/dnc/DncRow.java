package dev.alig.experiments.dnc;

import dev.alig.experiments.Row;
import java.util.Map;

/**
 * A row of the experiment.
 *
 * @param optimizer {@code alig}, {@code sgd}, {@code nag}, {@code adam}, {@code adagrad} or {@code
 *     rmsprop}
 * @param learningRate the learning rate; for ALI-G its cap, infinite for none
 * @param steps the number of steps
 * @param maxGradientNorm the bound to which the norm of all gradients is clipped; ALI-G's gradients
 *     are not clipped
 * @param source the source of the authors' setting
 * @param published the authors' published results
 */
public record DncRow(
    String optimizer,
    double learningRate,
    int steps,
    double maxGradientNorm,
    String source,
    Map<String, Double> published)
    implements Row {

  /** Checks the values. */
  public DncRow {
    StepBuilder.requireKnown(optimizer);
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learning_rate must be > 0, was " + learningRate);
    }
    if (!optimizer.equals(StepBuilder.ALIG) && Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException("learning_rate of " + optimizer + " must be finite");
    }
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be >= 1, was " + steps);
    }
    if (!(maxGradientNorm > 0)) {
      throw new IllegalArgumentException("max_gradient_norm must be > 0, was " + maxGradientNorm);
    }
    published = Map.copyOf(published);
  }

  @Override
  public double rate() {
    return learningRate;
  }

  @Override
  public String title() {
    return "repeat copy";
  }
}
