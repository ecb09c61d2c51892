package dev.alig.conformance.matrix;

import dev.alig.conformance.oracle.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a machine has of what rows need.
 *
 * @param os its operating system
 * @param jdks the homes of its JDKs, by feature release
 * @param pythons its Pythons, by release: the program to call
 * @param gpus its GPUs
 */
public record Machine(
    Os os, Map<Integer, Path> jdks, Map<String, String> pythons, CudaDevices gpus) {
  private static final String RELEASE = "import sys; print('%d.%d' % sys.version_info[:2])";

  /** Copies the maps. */
  public Machine {
    jdks = Map.copyOf(jdks);
    pythons = Map.copyOf(pythons);
  }

  /** This machine, looked at as far as some rows need. */
  public static Machine here(Collection<Row> rows) {
    Map<String, String> pythons = new TreeMap<>();
    rows.stream()
        .map(Row::python)
        .distinct()
        .forEach(release -> python(release).ifPresent(name -> pythons.put(release, name)));
    return new Machine(
        Os.of(System.getProperty("os.name")), Jdks.here(), pythons, CudaDevices.here());
  }

  private static Optional<String> python(String release) {
    return List.of("python" + release, "python3", "python").stream()
        .filter(program -> isOf(release, program))
        .findFirst();
  }

  private static boolean isOf(String release, String program) {
    try {
      Command.Result answer = Command.run(List.of(program, "-c", RELEASE));
      return answer.status() == 0 && answer.output().strip().equals(release);
    } catch (IOException absent) {
      return false;
    }
  }

  /** What this machine lacks for a row, in words; empty where it can run. */
  public Optional<String> lacks(Row row) {
    if (row.os() != os) {
      return Optional.of("this is %s, not %s".formatted(os.word(), row.os().word()));
    }
    if (row.runs() == Row.Runs.CONFORM && !jdks.containsKey(row.jdk())) {
      return Optional.of("JDK %d is not installed".formatted(row.jdk()));
    }
    if (!pythons.containsKey(row.python())) {
      return Optional.of("Python %s is not on the path".formatted(row.python()));
    }
    return needsGpu(row) && gpus.fitting(row).isEmpty()
        ? Optional.of(gpus.lacking())
        : Optional.empty();
  }

  private static boolean needsGpu(Row row) {
    return row.device() != Device.CPU;
  }
}
