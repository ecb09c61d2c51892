package dev.alig.conformance.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the JDKs of this machine. */
final class Jdks {
  private Jdks() {}

  /** The homes of JDKs by feature release: this one's first, then those of the usual places. */
  static Map<Integer, Path> here() {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    System.getenv().entrySet().stream()
        .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
        .filter(variable -> !variable.getValue().isBlank())
        .forEach(variable -> homes.add(Path.of(variable.getValue())));
    Path user = Path.of(System.getProperty("user.home"));
    homes.addAll(within(Path.of("/usr/lib/jvm"), ""));
    homes.addAll(within(Path.of("/opt"), ""));
    homes.addAll(within(user.resolve(".sdkman/candidates/java"), ""));
    homes.addAll(within(user.resolve(".jdks"), ""));
    homes.addAll(within(Path.of("/Library/Java/JavaVirtualMachines"), "Contents/Home"));
    Map<Integer, Path> found = new TreeMap<>();
    homes.forEach(home -> feature(home).ifPresent(release -> found.putIfAbsent(release, home)));
    return found;
  }

  private static List<Path> within(Path folder, String below) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().map(entry -> entry.resolve(below)).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** The feature release of a JDK; empty where there is none, or only what runs programs. */
  static Optional<Integer> feature(Path home) {
    Path file = home.resolve("release");
    boolean compiles =
        Files.exists(home.resolve("bin/javac")) || Files.exists(home.resolve("bin/javac.exe"));
    if (!compiles || !Files.isReadable(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      Properties release = new Properties();
      release.load(in);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      return Optional.of(Runtime.Version.parse(version).feature());
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
