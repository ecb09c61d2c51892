package dev.alig.experiments.run;

import dev.alig.experiments.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.versioncheck.VersionInfo;
import org.tensorflow.TensorFlow;

/**
 * Where and when a run took place.
 *
 * @param processor the processor's model
 * @param cores the number of cores that the JVM sees
 * @param system the operating system
 * @param java the version of the JDK
 * @param framework the backend and its version
 * @param date the last day on which the run worked
 */
public record Machine(
    String processor, int cores, String system, String java, String framework, String date) {
  /** What ND4J's build put into its jar. Its manifest has no version. */
  private static final String ND4J = "/org/eclipse/org.nd4j-nd4j-api-git.properties";

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  static Machine here(Identity identity) {
    return here(framework(identity.backend()));
  }

  /**
   * This machine, today.
   *
   * @param framework the backend and its version
   */
  public static Machine here(String framework) {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.version"),
        framework,
        LocalDate.now(ZoneId.systemDefault()).toString());
  }

  /** All fields on one line, for a table. */
  public String describe() {
    return "%s, %d cores, %s, JDK %s, %s, %s"
        .formatted(processor, cores, system, java, framework, date);
  }

  private static String framework(String backend) {
    return backend.equals(Backend.TENSORFLOW.toString())
        ? "TensorFlow " + TensorFlow.version()
        : nd4j();
  }

  /** The name and version of ND4J. */
  public static String nd4j() {
    try {
      URI version = URI.create(String.valueOf(Nd4j.class.getResource(ND4J)));
      return "ND4J " + new VersionInfo(version).getBuildVersion();
    } catch (IOException e) {
      throw new UncheckedIOException("ND4J's jar has no version", e);
    }
  }

  /** The processor's model as Linux names it; elsewhere the architecture that the JVM reports. */
  private static String processorName() {
    if (Files.isReadable(PROCESSORS)) {
      try (Stream<String> lines = Files.lines(PROCESSORS)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) {
        return System.getProperty("os.arch");
      }
    }
    return System.getProperty("os.arch");
  }
}
