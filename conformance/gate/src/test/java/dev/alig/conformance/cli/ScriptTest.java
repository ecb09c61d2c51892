package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code ci/conform} builds what is out of date and says why, in a tree with stand-ins. */
@Execution(ExecutionMode.CONCURRENT)
class ScriptTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path root;

  /** A tree that was built, with programs in place of Maven and Java that say their names. */
  @BeforeEach
  void plant() throws IOException {
    Files.createDirectories(root.resolve("ci"));
    Files.copy(Path.of("../../ci/conform"), root.resolve("ci/conform"));
    program("mvn");
    program("java");
    for (String source :
        List.of(
            "pom.xml",
            "requirements.txt",
            "java-impl/core/src/main/A.java",
            "python-ref/src/alig/a.py",
            "conformance/pom.xml",
            "conformance/gate/src/main/B.java",
            "conformance/gate/src/test/BTest.java",
            "conformance/gate/target/alig-conformance-gate-1.jar",
            "conformance/gate/target/classpath.txt")) {
      write(source, BUILT);
    }
  }

  private void program(String name) throws IOException {
    Path file = root.resolve("bin").resolve(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, "#!/bin/sh\necho \"%s ran\"\n".formatted(name));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String name, Instant time) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private List<String> conform() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", root.resolve("ci/conform").toString());
    builder.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "ALIG_PROFILE", "ALIG_COMMAND"));
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  @Test
  void whatIsUpToDateIsNotBuilt() throws IOException, InterruptedException {
    assertThat(conform()).containsExactly("java ran");
  }

  @Test
  void aNewerSourceIsNamed() throws IOException, InterruptedException {
    write("python-ref/src/alig/b.py", BUILT.plusSeconds(1));
    assertThat(conform())
        .containsExactly(
            "building the kit and the optimizers, since python-ref/src/alig/b.py is newer than the"
                + " last build",
            "mvn ran",
            "java ran");
    assertThat(conform()).containsExactly("java ran");
  }

  @Test
  void withoutABuildItIsMade() throws IOException, InterruptedException {
    Files.delete(root.resolve("conformance/gate/target/classpath.txt"));
    assertThat(conform())
        .containsExactly(
            "building the kit and the optimizers, since there is no build yet",
            "mvn ran",
            "java ran");
  }

  /** What tests and Python leave, and what the kit does not contain. */
  @Test
  void whatNoBuildReadsIsNoReason() throws IOException, InterruptedException {
    Instant later = BUILT.plusSeconds(1);
    write("conformance/gate/src/test/BTest.java", later);
    write("python-ref/src/alig/__pycache__/a.pyc", later);
    write("java-impl/core/target/a.jar", later);
    write("java-impl/benchmarks/src/main/C.java", later);
    assertThat(conform()).containsExactly("java ran");
  }
}
