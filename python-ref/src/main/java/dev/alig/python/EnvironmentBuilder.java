package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.TOOL_FAILED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds an environment in the cache: one virtual environment for an interpreter and a list of
 * packages, and in it one Jep for each JDK, which is compiled and takes half a minute.
 */
final class EnvironmentBuilder {
  private final Interpreter base;
  private final EnvironmentRequest request;
  private final Requirements wanted;
  private final Shell shell;
  private final Progress progress;
  private final String key;

  EnvironmentBuilder(Interpreter base, EnvironmentRequest request, Shell shell, Progress progress) {
    this.base = base;
    this.request = request;
    this.wanted = request.wanted();
    this.shell = shell;
    this.progress = progress;
    this.key = new Digest().add(base.identity()).add(wanted.text()).hex();
  }

  /** Returns the virtual environment, without Jep. */
  Path environment() throws IOException {
    Path log = request.cache().resolve(key + ".log");
    return once().get(EnvironmentBuilder::works, folder -> build(folder, log));
  }

  /** Returns the finished virtual environment, if there is one. */
  Optional<Path> finished() throws IOException {
    return once().finished().filter(EnvironmentBuilder::works);
  }

  /** Removes the virtual environment with every Jep in it; returns whether it is gone. */
  boolean remove() throws IOException {
    return once().remove();
  }

  /** Returns the bytes that the set-up will take while it runs. */
  long expectedBytes() throws IOException {
    return new MeasuredSizes(request.cache()).expected(key, wanted.diskBytes());
  }

  private OnceBuilt once() {
    return new OnceBuilt(
        request.cache().resolve(key),
        request.cache().resolve(key + ".lock"),
        "the Python environment " + request.cache().resolve(key),
        progress);
  }

  /** Returns the folder that holds the package {@code jep}, compiled for the JDK. */
  Path jep(Path environment) throws IOException {
    String jdk = jdkKey(request.jdk());
    Path log = request.cache().resolve(key + "-jep-" + jdk + ".log");
    return new OnceBuilt(
            environment.resolve("jep-" + jdk),
            request.cache().resolve(key + "-jep-" + jdk + ".lock"),
            "Jep for " + request.jdk(),
            progress)
        .get(
            folder -> Files.isDirectory(folder.resolve("jep")),
            folder -> compileJep(environment, folder, log));
  }

  private static boolean works(Path environment) {
    return Files.isExecutable(Interpreters.executable(environment));
  }

  private void build(Path folder, Path log) throws IOException {
    Prerequisites.canMakeEnvironments(base);
    Prerequisites.canCompileJep(base, request.jdk());
    Prerequisites.hasSpace(folder, expectedBytes());
    Files.deleteIfExists(log);
    Pip pip = new Pip(shell, progress, log);
    String doing = "creating a Python " + base.version() + " environment in " + folder;
    List<String> venv = List.of("venv", folder.toString());
    Shell.Result made = pip.follow(doing, base.executable(), venv, folder, Map.of());
    if (made.status() != 0) {
      throw new EnvironmentException(
          TOOL_FAILED, doing + " failed:\n" + made.tail(), "the whole output is in " + log);
    }
    Path list = Files.writeString(folder.resolve("requirements.txt"), packages());
    pip.install(
        "installing the packages",
        Interpreters.executable(folder),
        folder,
        Map.of(),
        List.of("-r", list.toString()));
    new MeasuredSizes(request.cache()).keep(key, pip.largest());
  }

  private String packages() {
    if (wanted.line("numpy").equals(Optional.of("numpy<2"))) {
      progress.say("torch before 2.3 needs numpy 1: numpy<2 takes the place of the pinned one");
    }
    return wanted.without("jep").text();
  }

  private void compileJep(Path environment, Path folder, Path log) throws IOException {
    Prerequisites.canCompileJep(base, request.jdk());
    Files.deleteIfExists(log);
    // No build isolation: Jep is compiled against the numpy that it will meet.
    new Pip(shell, progress, log)
        .install(
            "compiling Jep for " + request.jdk(),
            Interpreters.executable(environment),
            folder,
            Map.of("JAVA_HOME", request.jdk().toString()),
            List.of(
                "--no-deps",
                "--no-build-isolation",
                "--no-cache-dir",
                "--target",
                folder.toString(),
                wanted.line("jep").orElse("jep")));
  }

  private static String jdkKey(Path jdk) throws IOException {
    Path release = jdk.resolve("release");
    String version = Files.exists(release) ? Files.readString(release) : "";
    return new Digest().add(jdk.toRealPath().toString()).add(version).hex();
  }
}
