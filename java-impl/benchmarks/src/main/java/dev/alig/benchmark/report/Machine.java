package dev.alig.benchmark.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the run took place.
 *
 * @param cpu the processor's model
 * @param cores how many processors this process may use
 * @param os the operating system
 */
public record Machine(String cpu, int cores, String os) {
  private static final Path LINUX = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  /** This machine. */
  public static Machine here() {
    String os =
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"));
    return new Machine(model(), Runtime.getRuntime().availableProcessors(), os);
  }

  /** The load of the last minute, in processes that want to run; negative where it is unknown. */
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String model() {
    String otherwise = System.getProperty("os.arch");
    if (!Files.isReadable(LINUX)) {
      return otherwise;
    }
    try (Stream<String> lines = Files.lines(LINUX)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
