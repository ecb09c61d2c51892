package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.CACHE_UNUSABLE;
import static dev.alig.python.EnvironmentException.Problem.TOOL_FAILED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The package registry, as pip sees it: the user's pip configuration says which one it is. */
public final class Registry {
  private static final String LIST = "Available versions:";

  private Registry() {}

  /**
   * Returns the releases of a package that this Python can install, newest first, without what
   * tells builds of one release apart, such as {@code +cu132}.
   *
   * <p>The pip that is asked lies in an environment of its own, which is made at the first call and
   * holds nothing else; not every interpreter has one.
   *
   * @throws EnvironmentException if the registry does not answer or has no such package
   */
  public static List<String> releases(EnvironmentRequest request, String name, Progress progress) {
    try {
      Files.createDirectories(request.cache());
      Shell shell = new Shell(request.variables());
      Interpreter base = new Interpreters(shell).find(request.python());
      Path log = request.cache().resolve("registry.log");
      Files.deleteIfExists(log);
      Pip pip = new Pip(shell, progress, log);
      Path home = home(base, request, pip, progress);
      return ask(pip, home, name, log);
    } catch (IOException e) {
      throw new EnvironmentException(
          CACHE_UNUSABLE,
          "the cache folder " + request.cache() + " cannot be used: " + e,
          "check its rights and its disk, or give another as -Dpython.cache=DIR");
    }
  }

  private static Path home(Interpreter base, EnvironmentRequest request, Pip pip, Progress progress)
      throws IOException {
    Prerequisites.canMakeEnvironments(base);
    String key = "pip-" + new Digest().add(base.identity()).hex();
    Path cache = request.cache();
    return new OnceBuilt(cache.resolve(key), cache.resolve(key + ".lock"), "pip", progress)
        .get(
            folder -> Files.isExecutable(Interpreters.executable(folder)),
            folder -> make(base, pip, folder));
  }

  private static void make(Interpreter base, Pip pip, Path folder) throws IOException {
    String doing = "making a pip to ask the registry with";
    List<String> venv = List.of("venv", folder.toString());
    Shell.Result made = pip.follow(doing, base.executable(), venv, folder, Map.of());
    if (made.status() != 0) {
      throw new EnvironmentException(
          TOOL_FAILED, doing + " failed:\n" + made.tail(), "give another interpreter as -Dpython");
    }
  }

  private static List<String> ask(Pip pip, Path home, String name, Path log) throws IOException {
    String doing = "asking the registry for the releases of " + name;
    List<String> command =
        List.of("pip", "index", "versions", name, "--disable-pip-version-check", "--no-input");
    Shell.Result answer = pip.follow(doing, Interpreters.executable(home), command, home, Map.of());
    Optional<List<String>> versions = parse(answer.lines());
    if (answer.status() != 0 || versions.isEmpty()) {
      throw PipFailure.of(doing, answer, log);
    }
    return versions.get();
  }

  /** Returns the versions in the answer of {@code pip index versions}. */
  static Optional<List<String>> parse(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(LIST))
        .findFirst()
        .map(line -> line.substring(LIST.length()).strip().replaceAll("\\+[^,\\s]*", ""))
        .map(versions -> Arrays.stream(versions.split(",\\s*", -1)).distinct().toList());
  }
}
