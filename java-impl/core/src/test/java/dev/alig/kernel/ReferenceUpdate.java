package dev.alig.kernel;

import dev.alig.Precision;
import java.math.BigDecimal;

/**
 * One element's update as the paper has it, slowly: exact arithmetic, rounded where an operation of
 * the optimizer ends.
 *
 * <p>For {@code float} and {@code double}, finite values and results other than 0, since BigDecimal
 * knows one zero only.
 */
record ReferenceUpdate(Precision precision, double stepSize, double momentum) {
  /** Parameter w and momentum v. */
  record Element(double w, double v) {}

  Element update(Move move, Element now, double gradient) {
    return switch (move) {
      case PLAIN -> new Element(descend(now.w, gradient), now.v);
      case STANDARD -> standard(now, gradient);
      case ADJUSTED -> adjusted(now, gradient);
    };
  }

  /** v ← μv − γg, w ← w − γg + μv. */
  private Element standard(Element now, double gradient) {
    double v = descend(decay(now.v), gradient);
    double w = rounded(exact(descend(now.w, gradient)).add(mu().multiply(exact(v))));
    return new Element(w, v);
  }

  /** v ← μv − g, w ← w − γg + γμv. */
  private Element adjusted(Element now, double gradient) {
    double v = rounded(exact(decay(now.v)).subtract(exact(gradient)));
    BigDecimal push = exact(rounded(exact(stepSize * momentum))).multiply(exact(v));
    return new Element(rounded(exact(descend(now.w, gradient)).add(push)), v);
  }

  /** x − γg. */
  private double descend(double x, double gradient) {
    BigDecimal gamma = exact(rounded(exact(stepSize)));
    return rounded(exact(x).subtract(gamma.multiply(exact(gradient))));
  }

  /** μv. */
  private double decay(double v) {
    return rounded(mu().multiply(exact(v)));
  }

  private BigDecimal mu() {
    return exact(rounded(exact(momentum)));
  }

  private double rounded(BigDecimal value) {
    return precision == Precision.FLOAT ? value.floatValue() : value.doubleValue();
  }

  private static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }
}
