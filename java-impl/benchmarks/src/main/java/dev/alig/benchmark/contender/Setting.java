package dev.alig.benchmark.contender;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.alig.conformance.DType;
import java.util.Locale;

/**
 * What all contenders of a race step on.
 *
 * @param n the number of parameters, in one tensor unless a contender says otherwise
 * @param dtype their type
 * @param momentum how momentum enters
 * @param ball whether a step projects onto a ball; the parameters lie inside it
 */
public record Setting(int n, DType dtype, Momentum momentum, boolean ball) {
  /** Parameters a tensor where a contender has many tensors. */
  public static final int SMALL_TENSOR = 1000;

  /** γ is this over the mean square of the gradients, small enough for millions of steps. */
  private static final double LOSS_PER_PARAMETER = 1e-4;

  private static final double RADIUS_PER_ROOT = 1e9;

  /** Refuses an empty tensor. */
  public Setting {
    if (n < 1) {
      throw new IllegalArgumentException("n must be >= 1, was " + n);
    }
  }

  /** The same with standard momentum, FLOAT and no ball: what is compared unless said otherwise. */
  public static Setting base(int n) {
    return new Setting(n, DType.FLOAT, Momentum.STANDARD, false);
  }

  /** The same with or without a ball. */
  public Setting withBall(boolean value) {
    return new Setting(n, dtype, momentum, value);
  }

  /** The loss at every step. */
  @JsonIgnore
  public double loss() {
    return LOSS_PER_PARAMETER * n;
  }

  /** The ball's radius, which no run reaches. */
  @JsonIgnore
  public double radius() {
    return RADIUS_PER_ROOT * Math.sqrt(n);
  }

  /** The bytes of one vector of n. */
  @JsonIgnore
  public long bytes() {
    return (long) n * dtype.bytes();
  }

  /** All but the size, in words. */
  @JsonIgnore
  public String kind() {
    String type = dtype.name().toLowerCase(Locale.ROOT);
    String form = momentum == Momentum.NONE ? "no momentum" : momentum.word() + " momentum";
    return type + ", " + form + (ball ? ", with projection" : "");
  }
}
