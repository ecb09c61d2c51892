package dev.alig.benchmark.contender;

import dev.alig.MomentumForm;
import java.util.Locale;
import java.util.Optional;

/** How momentum enters a step, if it does. */
public enum Momentum {
  /** μ = 0, and no buffers. */
  NONE,
  /** The standard form. */
  STANDARD,
  /** The adjusted form. */
  ADJUSTED;

  /** The name that {@code alig_oracle.stepping} knows it by. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** μ. */
  public double factor() {
    return this == NONE ? 0 : 0.9;
  }

  /** The form; none where there is no momentum. */
  public Optional<MomentumForm> form() {
    return switch (this) {
      case NONE -> Optional.empty();
      case STANDARD -> Optional.of(MomentumForm.STANDARD);
      case ADJUSTED -> Optional.of(MomentumForm.ADJUSTED);
    };
  }
}
