package dev.alig.python;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toMap;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which Python environment is wanted: the values of {@link #SWITCHES}. */
public final class EnvironmentRequest {
  /**
   * The system properties that choose an environment; unset and empty mean the default.
   *
   * <ul>
   *   <li>{@code python}: the interpreter to build on, a name or a path
   *   <li>{@code python.env}: a virtual environment to use as it is; nothing is installed into it
   *   <li>{@code python.cache}: the folder that environments are built in
   *   <li>{@code python.torch-backend}: which builds of torch uv takes, such as {@code cpu}
   *   <li>{@code torch.version}: the release of torch in place of the pinned one
   * </ul>
   */
  public static final List<String> SWITCHES =
      List.of("python", "python.env", "python.cache", "python.torch-backend", "torch.version");

  /** Variables that would bend another Python than the one they were meant for. */
  static final Set<String> MISLEADING = Set.of("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV");

  private final Map<String, String> properties;
  private final Map<String, String> variables;

  /** Takes system properties, and the environment variables of child processes. */
  EnvironmentRequest(Map<String, String> properties, Map<String, String> variables) {
    this.properties = Map.copyOf(properties);
    this.variables = new HashMap<>(variables);
    this.variables.keySet().removeAll(MISLEADING);
    if (given("python").isPresent() && environment().isPresent()) {
      throw new EnvironmentException(
          "python=%s and python.env=%s exclude each other"
              .formatted(properties.get("python"), properties.get("python.env")),
          "give one of them; an environment brings its own interpreter");
    }
  }

  /**
   * Returns the request that this JVM's system properties make.
   *
   * @throws EnvironmentException if they contradict each other
   */
  public static EnvironmentRequest fromSystem() {
    Map<String, String> properties =
        System.getProperties().stringPropertyNames().stream()
            .collect(toMap(name -> name, System::getProperty));
    return new EnvironmentRequest(properties, System.getenv());
  }

  /** Returns the same request with another value of one of the {@link #SWITCHES}. */
  public EnvironmentRequest with(String name, String value) {
    Map<String, String> changed = new HashMap<>(properties);
    changed.put(name, value);
    return new EnvironmentRequest(changed, variables);
  }

  /**
   * Returns the switches that were given, as arguments of another JVM: {@code -Dname=value}.
   * Folders are absolute, since that JVM may run elsewhere.
   */
  public List<String> arguments() {
    Map<String, String> given = new TreeMap<>(properties);
    given("python.cache").ifPresent(folder -> given.put("python.cache", cache().toString()));
    environment().ifPresent(folder -> given.put("python.env", folder.toString()));
    given.keySet().retainAll(SWITCHES);
    given.values().removeIf(String::isBlank);
    return given.entrySet().stream()
        .map(one -> "-D" + one.getKey() + "=" + one.getValue())
        .toList();
  }

  /** Returns the value of a property, unless it is blank. */
  Optional<String> given(String name) {
    return Optional.ofNullable(properties.get(name)).filter(not(String::isBlank));
  }

  /** Returns the environment to use as it is, if one is given. */
  public Optional<Path> environment() {
    return given("python.env").map(Path::of).map(Path::toAbsolutePath);
  }

  /** Returns the version of torch that is asked for: the pinned one unless another is. */
  public String torch() {
    return given("torch.version").orElseGet(() -> Sources.pinned("torch"));
  }

  /**
   * Returns the folder that environments are built in. By default it is {@code alig-jvm/python} in
   * the user's cache folder: {@code %LOCALAPPDATA%} on Windows, {@code ~/Library/Caches} on macOS,
   * else {@code $XDG_CACHE_HOME} or {@code ~/.cache}.
   */
  public Path cache() {
    return given("python.cache").map(Path::of).orElseGet(this::usualCache).toAbsolutePath();
  }

  private Path usualCache() {
    Path home = Path.of(properties.getOrDefault("user.home", ""));
    String os = properties.getOrDefault("os.name", "").toLowerCase(Locale.ROOT);
    if (os.startsWith("mac")) {
      return home.resolve("Library/Caches/alig-jvm/python");
    }
    boolean windows = os.startsWith("windows");
    String named = variables.getOrDefault(windows ? "LOCALAPPDATA" : "XDG_CACHE_HOME", "");
    Path cache =
        named.isBlank() ? home.resolve(windows ? "AppData/Local" : ".cache") : Path.of(named);
    return cache.resolve("alig-jvm/python");
  }

  /** Returns the home of the JDK that Jep is compiled for. */
  String jdk() {
    return properties.getOrDefault("java.home", "");
  }

  Map<String, String> variables() {
    return variables;
  }
}
