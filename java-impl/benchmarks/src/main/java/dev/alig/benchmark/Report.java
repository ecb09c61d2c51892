package dev.alig.benchmark;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that a command measured.
 *
 * @param date when it started, in UTC
 * @param command the switches it was given
 * @param machine processor, cores and operating system
 * @param load the processes that wanted to run when it started; negative where unknown
 * @param runs those that have ended; grows
 */
record Report(String date, String command, String machine, double load, List<Run> runs) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** The report of a command that begins here and now. */
  static Report begin(String command) throws IOException {
    List<String> lines = Files.isReadable(LINUX) ? Files.readAllLines(LINUX) : List.of();
    String cpu =
        lines.stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    String os = System.getProperty("os.name") + " " + System.getProperty("os.version");
    String machine = "%s, %d cores, %s".formatted(cpu, CORES, os);
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    String now = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
    return new Report(now, command, machine, load, new ArrayList<>());
  }

  /**
   * A warning, if other processes wanted half of the processors or more.
   *
   * <p>A thread that is kept waiting holds up all that wait for it. OpenMP, in torch and ND4J,
   * waits actively at the end of every operation, so that ratios on a busy machine flatter us.
   */
  Optional<String> warning() {
    return load > CORES / 2.0
        ? Optional.of("The machine was busy: these figures flatter whoever uses few threads.")
        : Optional.empty();
  }

  /** Where and when all was measured, and the tables of all runs, in Markdown. */
  String markdown() {
    String versions =
        runs.stream()
            .flatMap(run -> run.versions().entrySet().stream())
            .map(version -> version.getKey() + " " + version.getValue())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    String origin =
        String.format(
            Locale.ROOT,
            "`%s` on %s. %s; %s. Load average %.1f at the start.\n",
            command,
            date,
            machine,
            versions,
            load);
    String warned = warning().map(busy -> "\n**" + busy + "**\n").orElse("");
    return runs.stream()
        .map(Run::tables)
        .collect(Collectors.joining("\n", origin + warned + "\n", ""));
  }

  /** Writes {@code benchmark.json} and {@code benchmark.md} into a folder that exists. */
  void write(Path folder) throws IOException {
    JSON.writeValue(folder.resolve("benchmark.json").toFile(), this);
    Files.writeString(folder.resolve("benchmark.md"), markdown(), StandardCharsets.UTF_8);
  }
}
