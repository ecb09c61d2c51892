package dev.alig.conformance.sweep;

import dev.alig.conformance.oracle.Processor;
import dev.alig.conformance.torch.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a machine offers to rows.
 *
 * @param jdks the homes of its JDKs, by feature release
 * @param pythons the programs of its Pythons, by release
 */
record Machine(
    Row.Os os,
    Map<Integer, Path> jdks,
    Map<String, String> pythons,
    Gpu.All gpus,
    Processor processor) {
  private static final String RELEASE = "import sys; print('%d.%d' % sys.version_info[:2])";

  /** This machine, with the Pythons that some rows need. */
  static Machine here(Collection<Row> rows) {
    Map<String, String> pythons = new TreeMap<>();
    for (String release : rows.stream().map(Row::python).distinct().toList()) {
      programs(release)
          .filter(program -> release(program).filter(release::equals).isPresent())
          .findFirst()
          .ifPresent(program -> pythons.put(release, program));
    }
    return new Machine(thisOs(), jdksHere(), pythons, Gpu.here(), Processor.here());
  }

  private static Row.Os thisOs() {
    return Row.Os.of(System.getProperty("os.name"));
  }

  /** The keys of a row for this process's JDK and the first Python found. */
  static Map<String, Object> plain() {
    String python =
        programs("")
            .flatMap(program -> release(program).stream())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no Python here; name one: -Dpython="));
    return Map.of("os", thisOs(), "jdk", Runtime.version().feature(), "python", python);
  }

  /** The candidates for a Python: the user's, then that of a release, then any. */
  private static Stream<String> programs(String release) {
    return Stream.of(System.getProperty("python", ""), "python" + release, "python3", "python")
        .filter(program -> !program.isBlank());
  }

  private static Optional<String> release(String program) {
    Child.Answer answer = Child.ask(program, "-c", RELEASE);
    return Optional.of(answer.output().strip()).filter(any -> answer.status() == 0);
  }

  /** The homes of JDKs by feature release: this one's first, then those of the usual places. */
  private static Map<Integer, Path> jdksHere() {
    Path user = Path.of(System.getProperty("user.home"));
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    System.getenv().entrySet().stream()
        .filter(set -> set.getKey().startsWith("JAVA_HOME") && !set.getValue().isBlank())
        .forEach(set -> homes.add(Path.of(set.getValue())));
    homes.addAll(within(Path.of("/usr/lib/jvm")));
    homes.addAll(within(Path.of("/opt")));
    homes.addAll(within(user.resolve(".sdkman/candidates/java")));
    homes.addAll(within(user.resolve(".jdks")));
    within(Path.of("/Library/Java/JavaVirtualMachines"))
        .forEach(home -> homes.add(home.resolve("Contents/Home")));
    Map<Integer, Path> found = new TreeMap<>();
    homes.forEach(home -> feature(home).ifPresent(release -> found.putIfAbsent(release, home)));
    return found;
  }

  private static List<Path> within(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** The feature release of a JDK; empty if the folder holds no JDK or the JDK has no compiler. */
  static Optional<Integer> feature(Path home) {
    Path bin = home.resolve("bin");
    boolean compiles = Files.exists(bin.resolve("javac")) || Files.exists(bin.resolve("javac.exe"));
    try (var in = Files.newInputStream(home.resolve("release"))) {
      Properties release = new Properties();
      release.load(in);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      return compiles ? Optional.of(Runtime.Version.parse(version).feature()) : Optional.empty();
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** What this machine lacks for a row, in words; empty if the row can run. */
  Optional<String> lacks(Row row) {
    if (row.os() != os) {
      return Optional.of("this is %s, not %s".formatted(os, row.os()));
    }
    if (!jdks.containsKey(row.jdk())) {
      return Optional.of("JDK %d is not installed".formatted(row.jdk()));
    }
    if (!pythons.containsKey(row.python())) {
      return Optional.of("Python %s is not on the path".formatted(row.python()));
    }
    for (String feature : row.features()) {
      if (!processor.features().contains(feature)) {
        return Optional.of("the processor has no " + feature);
      }
    }
    return row.device() != Device.CPU && gpus.fitting(row).isEmpty()
        ? Optional.of(gpus.lacking())
        : Optional.empty();
  }
}
