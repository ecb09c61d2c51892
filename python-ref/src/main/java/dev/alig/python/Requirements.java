package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.BAD_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packages an environment holds, as lines of a requirements file.
 *
 * @param lines one requirement each, such as {@code torch==2.15.0}
 * @param diskBytes the free space that installing them takes, in bytes, where it was never measured
 */
public record Requirements(List<String> lines, long diskBytes) {
  /** torch 2.15.0 with its libraries for CUDA: 6.2 GB, and 3.2 GB that they are unpacked from. */
  private static final long PINNED_BYTES = 9_400_000_000L;

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)[0-9A-Za-z.+!_-]*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  /** Copies the lines, without comments and blank ones. */
  public Requirements {
    lines =
        lines.stream()
            .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    if (!(diskBytes >= 0)) {
      throw new IllegalArgumentException("diskBytes must be >= 0, was " + diskBytes);
    }
  }

  /** Returns the pinned requirements that this project is tested with. */
  public static Requirements bundled() {
    try (InputStream in = Requirements.class.getResourceAsStream("/python/requirements.txt")) {
      if (in == null) {
        throw new IllegalStateException("python/requirements.txt is missing from the class path");
      }
      return new Requirements(new String(in.readAllBytes(), UTF_8).lines().toList(), PINNED_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns these requirements with another torch; before 2.3 torch needs a numpy of the 1 series,
   * so numpy's pin goes too.
   *
   * @param version such as {@code 2.6.0}
   * @throws EnvironmentException if that is no version
   */
  Requirements withTorch(String version) {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches()) {
      throw new EnvironmentException(
          BAD_REQUEST,
          "torch.version must be a version such as 2.15.0, was '" + version + "'",
          "give a release number, as in -Dtorch.version=2.15.0");
    }
    boolean numpy1 =
        Integer.parseInt(parts.group(1)) < 2
            || (parts.group(1).equals("2") && Integer.parseInt(parts.group(2)) < 3);
    return new Requirements(
        lines.stream().map(line -> replaced(line, version, numpy1)).toList(), diskBytes);
  }

  private static String replaced(String line, String torch, boolean numpy1) {
    return switch (name(line)) {
      case "torch" -> "torch==" + torch;
      case "numpy" -> numpy1 ? "numpy<2" : line;
      default -> line;
    };
  }

  /** Returns the line for a package, if there is one. */
  Optional<String> line(String name) {
    return lines.stream().filter(line -> name(line).equals(name)).findFirst();
  }

  /** Returns these requirements without a package. */
  Requirements without(String name) {
    return new Requirements(
        lines.stream().filter(line -> !name(line).equals(name)).toList(), diskBytes);
  }

  /** Returns the content of a requirements file. */
  String text() {
    return lines.stream().collect(joining("\n", "", "\n"));
  }

  private static String name(String line) {
    Matcher name = NAME.matcher(line);
    return name.lookingAt() ? name.group() : "";
  }
}
