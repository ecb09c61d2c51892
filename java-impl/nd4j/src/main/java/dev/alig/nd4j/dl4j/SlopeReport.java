package dev.alig.nd4j.dl4j;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The result of {@link AliGTraining#verifySlope}: whether a network's gradient is that of its
 * score.
 *
 * <p>The slope is (f(p + εg) − f(p − εg)) / (2ε‖g‖²), where p are the parameters, f is the score
 * that DL4J reports and g is the gradient that it passes to its updater. Every pass uses the same
 * random numbers. The slope of a right gradient is 1. A gradient that is twice the right one has
 * the slope 1/2.
 *
 * @param slope the slope along the whole gradient. If several are measured, as for the segments of
 *     truncated back-propagation, it is the one furthest from 1
 * @param right whether this slope and those of all parts are 1 within the accuracy of the
 *     measurement
 * @param parts the results of the network's parameter arrays
 */
public record SlopeReport(double slope, boolean right, List<Part> parts) {
  /** Copies the parts. */
  public SlopeReport {
    parts = List.copyOf(parts);
  }

  /**
   * One parameter array.
   *
   * @param parameter its name in the network's {@code paramTable()}
   * @param layer the name of its layer
   * @param slope the change of the score divided by the change that the gradient gives, with the
   *     other arrays fixed, along the middle between this array's gradient and random signs; NaN if
   *     the gradient is 0
   * @param gradientNorm the norm of this array's gradient
   * @param right whether the score changes as the gradient says, also if the gradient is 0
   */
  public record Part(
      String parameter, String layer, double slope, double gradientNorm, boolean right) {}

  /** The parts that are not right. */
  public List<Part> wrongParts() {
    return parts.stream().filter(part -> !part.right()).toList();
  }

  /** The slope and the wrong parts, in one line. */
  public String describe() {
    String wrong =
        wrongParts().stream()
            .map(part -> String.format(Locale.ROOT, "%s %.6g", part.parameter(), part.slope()))
            .collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "slope %.6g", slope)
        + (right ? ", right in all parts" : "; wrong in " + (wrong.isEmpty() ? "no part" : wrong));
  }
}
