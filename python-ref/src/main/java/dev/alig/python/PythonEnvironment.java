package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.CACHE_UNUSABLE;
import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Python that has torch, numpy and Jep, and the sources that run in it.
 *
 * <p>It is built once for each interpreter, list of packages and JDK, and then shared by every
 * build of the user. To start it inside a JVM: load {@link #libpython}, name {@link #jepLibrary} to
 * Jep, give {@link #python} as the program name, and put {@link #modulePath} on {@code sys.path}.
 */
public final class PythonEnvironment {
  private final Path home;
  private final Interpreter interpreter;
  private final Path jepLibrary;
  private final Path libpython;
  private final Path sources;
  private final Shell shell;

  private PythonEnvironment(
      Path home, Interpreter interpreter, Path jepLibrary, Path sources, EnvironmentRequest asked) {
    this.home = home;
    this.interpreter = interpreter;
    this.jepLibrary = jepLibrary;
    this.libpython = Prerequisites.libpython(interpreter);
    this.sources = sources;
    this.shell = new Shell(asked.variables());
  }

  /**
   * Returns the environment asked for, built first if this machine has none like it.
   *
   * <p>Safe to call from several processes and threads at once: one builds, the others wait for it.
   * A set-up that was interrupted is found and made anew. A first set-up downloads torch and takes
   * minutes and about 6 GB.
   *
   * @throws EnvironmentException if it cannot be had; the message names a remedy
   */
  public static PythonEnvironment prepare(EnvironmentRequest request, Progress progress) {
    try {
      Files.createDirectories(request.cache());
      return request.environment().isPresent()
          ? use(request.environment().get(), request, progress)
          : build(request, progress);
    } catch (IOException | UncheckedIOException e) {
      throw new EnvironmentException(
          CACHE_UNUSABLE,
          "the cache folder " + request.cache() + " cannot be used: " + e,
          "check its rights and its disk, or give another as -Dpython.cache=DIR");
    }
  }

  private static PythonEnvironment use(Path home, EnvironmentRequest request, Progress progress)
      throws IOException {
    Interpreter interpreter = new Interpreters(new Shell(request.variables())).in(home);
    Path jep = GivenEnvironment.check(home, interpreter, request.torchVersion());
    Path sources = BundledSources.unpack(request.cache(), progress);
    return new PythonEnvironment(home, interpreter, jep, sources, request);
  }

  private static PythonEnvironment build(EnvironmentRequest request, Progress progress)
      throws IOException {
    Shell shell = new Shell(request.variables());
    Interpreters interpreters = new Interpreters(shell);
    Interpreter base = interpreters.find(request.python());
    Prerequisites.libpython(base);
    EnvironmentBuilder builder = new EnvironmentBuilder(base, request, shell, progress);
    Path home = builder.environment();
    Path jep = JepLibrary.in(builder.jep(home));
    Path sources = BundledSources.unpack(request.cache(), progress);
    return new PythonEnvironment(home, interpreters.in(home), jep, sources, request);
  }

  /**
   * Sets the variables of a process that will load this Python: it finds libpython, and no variable
   * of another Python misleads it.
   */
  public void prepareHost(Map<String, String> variables) {
    variables.remove("PYTHONHOME");
    variables.remove("PYTHONPATH");
    String old = variables.getOrDefault("LD_LIBRARY_PATH", "");
    String folder = String.valueOf(libpython.getParent());
    variables.put("LD_LIBRARY_PATH", old.isEmpty() ? folder : folder + File.pathSeparator + old);
    variables.put("PYTHONDONTWRITEBYTECODE", "1");
  }

  /** Returns the bytes that the environment takes on the disk, Jep included. */
  public long diskBytes() {
    return Trees.size(home);
  }

  /** Returns the version of a package that is installed here: torch, numpy or jep. */
  public Optional<String> installed(String name) {
    return interpreter.installed(name);
  }

  /** Returns the folder of the virtual environment. */
  public Path home() {
    return home;
  }

  /** Returns the interpreter of the virtual environment. */
  public Path python() {
    return Interpreters.executable(home);
  }

  /** Returns the prefix of the Python installation that the environment builds on. */
  public Path basePrefix() {
    return interpreter.basePrefix();
  }

  /** Returns the shared library of the interpreter, for a JVM to load. */
  public Path libpython() {
    return libpython;
  }

  /** Returns Jep's native library, compiled for the JDK that was asked for. */
  public Path jepLibrary() {
    return jepLibrary;
  }

  /** Returns the folder that holds the packages {@code alig} and {@code alig_oracle}. */
  public Path sources() {
    return sources;
  }

  /** Returns the folders of installed packages: the environment's, then that of Jep. */
  public List<Path> sitePackages() {
    Path jep = jepLibrary.resolveSibling("..").normalize();
    return Stream.concat(interpreter.sitePackages().stream(), Stream.of(jep)).distinct().toList();
  }

  /** Returns what belongs on {@code sys.path} beyond Python's own folders, in order. */
  public List<Path> modulePath() {
    return Stream.concat(Stream.of(sources), sitePackages().stream()).toList();
  }

  /**
   * Returns a builder that runs the environment's Python, as if the environment were activated: its
   * tools come first on the path, the given folders are on {@code PYTHONPATH}, and no bytecode is
   * written beside sources. Its streams and its folder are the caller's to set.
   */
  public ProcessBuilder command(List<Path> pythonPath, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(python().toString()));
    command.addAll(arguments);
    ProcessBuilder builder = shell.builder(command);
    Map<String, String> set = builder.environment();
    Path tools = python().resolveSibling("");
    set.put("VIRTUAL_ENV", home.toString());
    // Windows writes it "Path".
    String path =
        set.keySet().stream()
            .filter(name -> name.equalsIgnoreCase("PATH"))
            .findAny()
            .orElse("PATH");
    set.merge(path, tools.toString(), (old, first) -> first + File.pathSeparator + old);
    set.put("PYTHONDONTWRITEBYTECODE", "1");
    set.put(
        "PYTHONPATH", pythonPath.stream().map(Path::toString).collect(joining(File.pathSeparator)));
    return builder;
  }

  /**
   * Runs the environment's Python with this process's streams.
   *
   * @return its exit status
   * @throws IOException if it cannot be started
   */
  public int run(Path directory, List<Path> pythonPath, List<String> arguments) throws IOException {
    return Shell.await(
        command(pythonPath, arguments).directory(directory.toFile()).inheritIO().start());
  }

  /** Returns what this environment is, by name, in the order to print it. */
  public Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("home", home.toString());
    facts.put("python", python().toString());
    facts.put("version", interpreter.version());
    facts.put("torch", interpreter.installed("torch").orElse("none"));
    facts.put("numpy", interpreter.installed("numpy").orElse("none"));
    facts.put("jep", jepLibrary.toString());
    facts.put("libpython", libpython.toString());
    facts.put("sources", sources.toString());
    facts.put(
        "site-packages",
        sitePackages().stream().map(Path::toString).collect(joining(File.pathSeparator)));
    return facts;
  }
}
