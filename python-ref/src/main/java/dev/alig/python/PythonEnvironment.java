package dev.alig.python;

import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Python that has torch, numpy and Jep, and the sources that run in it.
 *
 * <p>It is built once for each interpreter, list of packages and JDK, and then shared by every
 * build of the user. To start it inside a JVM: load {@link #libpython}, name {@link #jepLibrary} to
 * Jep, give {@link #python} as the program name, and put {@link #modulePath} on {@code sys.path}.
 */
public final class PythonEnvironment {
  private final Map<String, String> facts;
  private final Path sources;
  private final Map<String, String> variables;

  private PythonEnvironment(
      Map<String, String> facts, Path sources, Map<String, String> variables) {
    this.facts = facts;
    this.sources = sources;
    this.variables = variables;
  }

  /**
   * Returns the environment asked for, built first if this machine has none like it.
   *
   * <p>Safe to call from several processes and threads at once: one builds, the others wait. A
   * set-up that was interrupted begins again, with the packages that were fetched already. The
   * first one downloads torch, about 3 GB, which take 6 GB of disk.
   *
   * @param out gets lines that tell how a set-up gets on
   * @throws EnvironmentException if it cannot be had; the message names a remedy
   */
  public static PythonEnvironment prepare(EnvironmentRequest request, PrintStream out) {
    SetUp setUp = SetUp.of(request, out);
    boolean given = request.environment().isPresent();
    Map<String, String> facts = setUp.ask(given ? "describe" : "prepare");
    String has = facts.getOrDefault("torch", "");
    String asked = request.given("torch.version").orElse(has);
    if (given && !has.equals(asked) && !has.startsWith(asked + "+")) {
      throw new EnvironmentException(
          "the environment %s has torch %s, not %s".formatted(facts.get("home"), has, asked),
          "leave -Dtorch.version out, or -Dpython.env to have an environment made");
    }
    return new PythonEnvironment(facts, setUp.sources(), request.variables());
  }

  /**
   * Returns the environment that this JVM's system properties ask for.
   *
   * @throws EnvironmentException if it cannot be had
   */
  public static PythonEnvironment prepare(PrintStream out) {
    return prepare(EnvironmentRequest.fromSystem(), out);
  }

  /**
   * Returns an environment that has Python's TensorFlow and neither torch nor Jep, for the
   * interpreter that this JVM's system properties ask for. It can run {@link #command commands},
   * but cannot be loaded into a JVM. It takes 1.5 GB of disk.
   *
   * @param out gets lines that tell how a set-up gets on
   * @throws EnvironmentException if it cannot be had; the message names a remedy
   */
  public static PythonEnvironment prepareTensorFlow(PrintStream out) {
    SetUp setUp = SetUp.of(EnvironmentRequest.fromSystem(), out);
    return new PythonEnvironment(
        setUp.ask("tensorflow"), setUp.sources(), setUp.request().variables());
  }

  /** Tells whether the environment of a request need not be built. */
  public static boolean isThere(EnvironmentRequest request) {
    return SetUp.of(request, System.err).ask("find").containsKey("home");
  }

  /**
   * Removes the environment of a request, and what uv keeps for it alone. Who asks for it next
   * builds it anew; a process that still reads it is not waited for.
   *
   * @return whether it is gone
   */
  public static boolean remove(EnvironmentRequest request, PrintStream out) {
    return !SetUp.of(request, out).ask("remove").containsKey("home");
  }

  /**
   * Returns the releases of torch that the package index has for the interpreter of a request,
   * newest first, without what tells builds of one release apart, such as {@code +cu132}.
   *
   * @throws EnvironmentException if the index does not answer
   */
  public static List<String> torchReleases(EnvironmentRequest request, PrintStream out) {
    return List.of(
        SetUp.of(request, out).ask("releases").getOrDefault("releases", "").split(" ", -1));
  }

  /**
   * Sets the variables of a process that will load this Python: it finds libpython, and no variable
   * of another Python misleads it.
   */
  public void prepareHost(Map<String, String> host) {
    host.keySet().removeAll(EnvironmentRequest.MISLEADING);
    String folder = String.valueOf(libpython().getParent());
    host.merge("LD_LIBRARY_PATH", folder, (old, own) -> own + File.pathSeparator + old);
    host.put("PYTHONDONTWRITEBYTECODE", "1");
  }

  /**
   * Returns a builder that runs the environment's Python as if the environment were activated: its
   * tools come first on the path, the sources are on {@code PYTHONPATH}, and no bytecode is written
   * beside sources. Its streams and its folder are the caller's to set.
   */
  public ProcessBuilder command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(python().toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> set = builder.environment();
    set.clear();
    set.putAll(variables);
    // Windows writes it "Path".
    String path = set.keySet().stream().filter("PATH"::equalsIgnoreCase).findAny().orElse("PATH");
    String tools = String.valueOf(python().getParent());
    set.merge(path, tools, (old, own) -> own + File.pathSeparator + old);
    set.put("VIRTUAL_ENV", home().toString());
    set.put("PYTHONDONTWRITEBYTECODE", "1");
    set.put("PYTHONPATH", sources.toString());
    return builder;
  }

  /** Returns the folder of the virtual environment. */
  public Path home() {
    return path("home");
  }

  /** Returns the interpreter of the virtual environment. */
  public Path python() {
    return SetUp.executable(home());
  }

  /** Returns the shared library of the interpreter, for a JVM to load. */
  public Path libpython() {
    return path("libpython");
  }

  /** Returns Jep's native library, compiled for the JDK that was asked for. */
  public Path jepLibrary() {
    return path("jep.library");
  }

  /** Returns the folder that holds the packages {@code alig} and {@code alig_oracle}. */
  public Path sources() {
    return sources;
  }

  /** Returns what belongs on {@code sys.path} beyond Python's own folders, in order. */
  public List<Path> modulePath() {
    String sites = facts.getOrDefault("sites", "");
    return Stream.concat(
            Stream.of(sources), Stream.of(sites.split(File.pathSeparator, -1)).map(Path::of))
        .toList();
  }

  private Path path(String fact) {
    return Path.of(facts.getOrDefault(fact, ""));
  }

  @Override
  public String toString() {
    return "Python %s with torch %s, numpy %s, jep %s in %s"
        .formatted(
            facts.get("python"), facts.get("torch"), facts.get("numpy"), facts.get("jep"), home());
  }
}
