package dev.alig.experiments.run;

import dev.alig.experiments.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;
import org.tensorflow.TensorFlow;

/**
 * Where and when a run was made.
 *
 * @param processor its model
 * @param cores how many the JVM sees
 * @param system operating system
 * @param java version of the JDK
 * @param framework the backend and its version
 * @param date when the run was last at work
 */
record Machine(
    String processor, int cores, String system, String java, String framework, String date) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  static Machine here(Identity identity) {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.version"),
        framework(identity.backend()),
        LocalDate.now(ZoneId.systemDefault()).toString());
  }

  /** On one line, for a table. */
  String describe() {
    return "%s, %d cores, %s, JDK %s, %s, %s"
        .formatted(processor, cores, system, java, framework, date);
  }

  private static String framework(String backend) {
    return backend.equals(Backend.TENSORFLOW.toString())
        ? "TensorFlow " + TensorFlow.version()
        : "ND4J " + Nd4j.class.getPackage().getImplementationVersion();
  }

  /** The model as Linux names it; elsewhere what the JVM says of it. */
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
