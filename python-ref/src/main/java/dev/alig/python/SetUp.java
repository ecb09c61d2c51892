package dev.alig.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks {@code alig_setup}, the Python package that sets environments up.
 *
 * @param sources the folder that it lies in
 * @param out gets its lines of progress
 */
record SetUp(EnvironmentRequest request, Path sources, PrintStream out) {
  private static final String PROGRESS = "python: ";
  private static final String OTHER = "other";

  static SetUp of(EnvironmentRequest request, PrintStream out) {
    try {
      return new SetUp(request, Sources.folder(request.cache()), out);
    } catch (IOException | UncheckedIOException e) {
      throw new EnvironmentException(
          "the cache folder " + request.cache() + " cannot be used: " + e,
          "check its rights and its disk, or give another as -Dpython.cache=DIR");
    }
  }

  /**
   * Returns the facts that a command prints, by the first interpreter that is new enough.
   *
   * @throws EnvironmentException if there is none, or the command fails
   */
  Map<String, String> ask(String command) {
    List<String> programs =
        request
            .environment()
            .map(home -> List.of(executable(home).toString()))
            .or(() -> request.given("python").map(List::of))
            .orElse(List.of("python3", "python"));
    Map<String, String> facts =
        Map.of(
            "what",
            "no Python answers to " + String.join(" or ", programs),
            "remedy",
            "install Python 3.11 or newer (Debian, Ubuntu: apt install python3-dev python3-venv), or"
                + " point -Dpython=/path/to/python3 at one");
    for (String program : programs) {
      Optional<Map<String, String>> answer = ask(program, command);
      facts = answer.orElse(facts);
      if (answer.isPresent() && !answer.get().containsKey("too.old")) {
        break;
      }
    }
    if (facts.containsKey("what")) {
      throw new EnvironmentException(facts.get("what"), facts.getOrDefault("remedy", ""));
    }
    return facts;
  }

  /** Returns empty if the program is not a Python. */
  private Optional<Map<String, String>> ask(String program, String command) {
    List<String> arguments = new ArrayList<>(List.of(program, "-s", "-B", "-m", "alig_setup"));
    arguments.addAll(List.of(command, "--cache", request.cache().toString()));
    arguments.addAll(List.of("--jdk", request.jdk()));
    arguments.addAll(List.of("--torch", request.given("torch.version").orElse("")));
    request
        .given("python.torch-backend")
        .ifPresent(backend -> arguments.addAll(List.of("--torch-backend", backend)));
    ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(request.variables());
    builder.environment().put("PYTHONPATH", sources.toString());
    Map<String, String> facts = new HashMap<>();
    try {
      Process child = builder.start();
      child.getOutputStream().close();
      int status =
          ChildProcess.attend(
              child,
              ChildProcess::end,
              () -> {
                child.inputReader(UTF_8).lines().forEach(line -> hear(line, facts));
                return child.waitFor();
              });
      if (status != 0) {
        String last = facts.getOrDefault(OTHER, "it said nothing");
        facts.putIfAbsent("what", "Python ended with status %d: %s".formatted(status, last));
        facts.putIfAbsent("remedy", "start the build again; it goes on with what is there");
      }
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted while Python was set up", "start it again");
    }
    return facts.containsKey("python") ? Optional.of(facts) : Optional.empty();
  }

  private void hear(String line, Map<String, String> facts) {
    String[] fact = line.split("=", 2);
    if (line.startsWith(PROGRESS)) {
      out.println(line);
      out.flush();
    } else {
      facts.put(fact.length == 2 ? fact[0] : OTHER, fact[fact.length - 1]);
    }
  }

  /** Returns where a virtual environment keeps its interpreter. */
  static Path executable(Path environment) {
    return environment.resolve(File.separatorChar == '\\' ? "Scripts/python.exe" : "bin/python");
  }
}
