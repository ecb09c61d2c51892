package dev.alig.conformance.releases;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of torch, such as 2.15.0; those before a release, such as 2.16.0rc1, are none. */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
  private static final Pattern RELEASE = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
  private static final Comparator<Version> ORDER =
      Comparator.comparingInt(Version::major)
          .thenComparingInt(Version::minor)
          .thenComparingInt(Version::patch);

  /** The release of a text; empty where it names none. */
  public static Optional<Version> parse(String text) {
    Matcher parts = RELEASE.matcher(text);
    return parts.matches()
        ? Optional.of(
            new Version(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3))))
        : Optional.empty();
  }

  /**
   * The release of a text.
   *
   * @throws IllegalArgumentException if it names none
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Version of(String text) {
    return parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a release of torch must be a version such as 2.15.0, was '%s'"
                        .formatted(text)));
  }

  /** Whether two releases are of one minor line, such as 2.5. */
  boolean isOfLine(Version other) {
    return major == other.major && minor == other.minor;
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  @Override
  @JsonValue
  public String toString() {
    return "%d.%d.%d".formatted(major, minor, patch);
  }
}
