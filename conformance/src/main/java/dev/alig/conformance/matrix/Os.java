package dev.alig.conformance.matrix;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A family of operating systems. */
public enum Os {
  /** Linux. */
  LINUX,

  /** macOS. */
  MACOS,

  /** Windows. */
  WINDOWS;

  /** The name in the file of rows. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The family of the system property {@code os.name}. */
  static Os of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("mac")) {
      return MACOS;
    }
    return lower.startsWith("windows") ? WINDOWS : LINUX;
  }
}
