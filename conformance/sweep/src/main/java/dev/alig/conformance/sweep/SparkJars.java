package dev.alig.conformance.sweep;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Spark is.
 *
 * @param home a distribution of Spark; if there is none, the build's own Spark is taken
 * @param built the file with the class path of the build's own
 */
record SparkJars(Optional<Path> home, Path built) {
  /** What the environment variable {@code SPARK_HOME} names, or else the build's. */
  static SparkJars of(Path root) {
    return new SparkJars(
        Optional.ofNullable(System.getenv("SPARK_HOME")).filter(s -> !s.isBlank()).map(Path::of),
        root.resolve(Path.of("conformance", "cluster", "target", "classpath.txt")));
  }

  /**
   * The class path of Spark.
   *
   * @throws IllegalArgumentException if there is no Spark
   */
  String classPath() throws IOException {
    if (home.isEmpty()) {
      if (!Files.exists(built)) {
        throw new IllegalArgumentException(
            "--spark: there is no Spark: %s is missing; build conformance/cluster, or set SPARK_HOME"
                    .formatted(built)
                + " to a distribution of Spark");
      }
      return Files.readString(built).strip();
    }
    Path jars = home.get().resolve("jars");
    if (!hasSpark(jars)) {
      throw new IllegalArgumentException(
          "--spark: there is no Spark: SPARK_HOME is %s, and %s has no spark-core_*.jar; set it to"
                  .formatted(home.get(), jars)
              + " a distribution of Spark, or unset it");
    }
    return home.get().resolve("conf") + File.pathSeparator + jars.resolve("*");
  }

  private static boolean hasSpark(Path jars) throws IOException {
    if (!Files.isDirectory(jars)) {
      return false;
    }
    try (Stream<Path> files = Files.list(jars)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("spark-core_"));
    }
  }
}
