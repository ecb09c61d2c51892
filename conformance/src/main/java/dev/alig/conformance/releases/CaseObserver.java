package dev.alig.conformance.releases;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.releases.Environments.Prepared;
import dev.alig.python.ChildProcess;
import dev.alig.python.EnvironmentException;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the cases of a trace file on a release: in plain Python, with portable kernels, and in a
 * JVM of its own through Jep.
 *
 * @param environments where releases are set up
 * @param cases the trace file
 * @param oracle the folder of the {@code alig} package to ask; empty for the bundled one
 * @param subject the name of the optimizer
 * @param witness the main class that looks through Jep
 * @param folder for what is left of each release
 */
record CaseObserver(
    Environments environments,
    Path cases,
    Optional<Path> oracle,
    String subject,
    String witness,
    Path folder)
    implements Observer {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Override
  public Observation observe(Version version) throws IOException, Unobservable {
    Prepared prepared;
    try {
      prepared = environments.prepare(version);
    } catch (EnvironmentException e) {
      throw new Unobservable("torch %s cannot be set up: %s".formatted(version, e.getMessage()));
    }
    Path own = folder.resolve(version.toString());
    Files.createDirectories(own);
    try {
      PythonSide side = new PythonSide(prepared.python(), oracle);
      Path plain = answer(side, own.resolve("plain.jsonl"), false);
      Path portable = answer(side, own.resolve("portable.jsonl"), true);
      return ask(version, prepared.python(), own, plain, portable);
    } finally {
      environments.leave(version, prepared.setUp());
    }
  }

  /** Where plain Python refuses the case there is no file; the JVM hears of the reason as well. */
  private Path answer(PythonSide side, Path file, boolean portable) throws IOException {
    try {
      side.answer(cases, file, portable);
    } catch (IOException refused) {
      Files.deleteIfExists(file);
    }
    return file;
  }

  private Observation ask(
      Version version, PythonEnvironment python, Path own, Path plain, Path portable)
      throws IOException, Unobservable {
    Path file = own.resolve("observation.json");
    Files.deleteIfExists(file);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx2g");
    command.add(ChildProcess.parentSwitch());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    for (String name : List.of("python", "python.cache")) {
      String value = System.getProperty(name, "");
      if (!value.isBlank()) {
        command.add("-D%s=%s".formatted(name, value));
      }
    }
    command.add("-Dtorch.version=" + version);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), witness));
    command.addAll(List.of(subject, oracle.map(Path::toString).orElse("")));
    for (Path path : List.of(cases, plain, portable, file)) {
      command.add(path.toAbsolutePath().toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
    python.prepareHost(builder.environment());
    int status = Child.run(builder, own.resolve("witness.log"), LIMIT);
    if (status != 0 || !Files.exists(file)) {
      throw new Unobservable(
          "torch %s, status %d: %s"
              .formatted(version, status, Child.tail(own.resolve("witness.log"))));
    }
    return new JsonMapper().readValue(file.toFile(), Observation.class);
  }
}
