package dev.alig.benchmark.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * A JDK to run on.
 *
 * @param home its folder
 * @param feature its feature release, such as 17
 */
record Jdk(Path home, int feature) {
  private static final int WITH_VECTOR_KERNELS = 22;

  /**
   * The JDK in a folder.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Jdk in(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
      throw new IllegalArgumentException(
          "--jdk: %s is no JDK; name the folder that holds bin/java and the file release"
              .formatted(home));
    }
    return new Jdk(home, feature(release));
  }

  private static int feature(Path release) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(release, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException("--jdk: %s cannot be read".formatted(release), e);
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    return Runtime.Version.parse(version).feature();
  }

  Path java() {
    return home.resolve("bin/java");
  }

  /** What a user gives a JVM for the fastest kernels. */
  List<String> arguments() {
    return feature >= WITH_VECTOR_KERNELS
        ? List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED")
        : List.of();
  }
}
