package dev.alig.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, in a process of its own, on an environment that only answers. */
final class MainTest {
  @TempDir Path folder;

  @Test
  void prepareDescribesTheEnvironment() throws Exception {
    Java.Ended ended = command("prepare");
    assertThat(ended.status()).isZero();
    assertThat(ended.lines()).contains("home=" + environment(), "torch=2.15.0");
  }

  @Test
  void runPassesArgumentsAndStatusOn() throws Exception {
    Java.Ended ended = command("run", "-c", "exit");
    assertThat(ended.lines()).containsExactly("-c exit in " + Path.of("").toAbsolutePath());
    assertThat(ended.status()).isEqualTo(7);
  }

  @Test
  void runWorksInTheFolderGiven() throws Exception {
    assertThat(command("run", "--in", folder.toRealPath().toString(), "check.py").lines())
        .containsExactly("check.py in " + folder.toRealPath());
  }

  @Test
  void anUnknownCommandPrintsTheUsageAndExitsWith2() throws Exception {
    Java.Ended ended = command("upgrade");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.lines()).singleElement().asString().startsWith("usage: prepare");
  }

  @Test
  void anErrorIsTwoLinesWithoutAStackTraceAndExitsWith2() throws Exception {
    Java.Ended ended =
        Java.end(
            Java.start(
                List.of("-Dpython=no-such-python", "-Dpython.cache=" + folder),
                Main.class,
                "prepare"));
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.lines())
        .hasSize(2)
        .satisfies(lines -> assertThat(lines.get(0)).startsWith("error: "))
        .satisfies(lines -> assertThat(lines.get(1)).startsWith("  remedy: "));
  }

  @Test
  void theSourcesAreAlsoReadFromAJar() throws Exception {
    Path jar = jar(Path.of("target/classes"));
    Java.Ended ended = Java.end(Java.start(jar.toString(), options(), Main.class, "prepare"));
    String sources =
        ended.lines().stream()
            .filter(line -> line.startsWith("sources="))
            .map(line -> line.substring("sources=".length()))
            .findFirst()
            .orElseThrow();
    assertThat(Path.of(sources, "alig/th/__init__.py"))
        .hasSameBinaryContentAs(Path.of("src/alig/th/__init__.py"));
  }

  private Java.Ended command(String... arguments) throws Exception {
    return Java.end(Java.start(options(), Main.class, arguments));
  }

  private List<String> options() throws IOException {
    return List.of(
        "-Dpython=", "-Dpython.env=" + environment(), "-Dpython.cache=" + folder.resolve("cache"));
  }

  /** Answers the probe, and anything else with its arguments, its folder and the status 7. */
  private Path environment() throws IOException {
    Path home = folder.resolve("env");
    if (Files.notExists(home)) {
      FakePython.inEnvironment().atEnvironment(home);
      Path python = Interpreters.executable(home);
      Path answers = Files.move(python, python.resolveSibling("answers"));
      FakePython.script(
          python, "[ \"$1\" = -E ] && exec " + answers + "\necho \"$* in $(pwd)\"\nexit 7\n");
    }
    return home;
  }

  private Path jar(Path classes) throws IOException {
    Path jar = folder.resolve("alig-python.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
    }
    return jar;
  }
}
