package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.BAD_REQUEST;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Which Python environment is wanted.
 *
 * @param python the interpreter to build on, a name or a path; empty to look for one on the path
 * @param torchVersion replaces the pinned version of torch
 * @param environment a virtual environment to use as it is; nothing is installed into it
 * @param cache the folder that environments are built in
 * @param jdk the home of the JDK that Jep is compiled for
 * @param requirements what a new environment holds
 * @param variables the environment variables that child processes see, pip's and proxies' among
 *     them
 */
public record EnvironmentRequest(
    Optional<String> python,
    Optional<String> torchVersion,
    Optional<Path> environment,
    Path cache,
    Path jdk,
    Requirements requirements,
    Map<String, String> variables) {

  /**
   * Makes the paths absolute and copies the variables.
   *
   * @throws EnvironmentException if both an interpreter and an environment are given
   */
  public EnvironmentRequest {
    if (python.isPresent() && environment.isPresent()) {
      throw new EnvironmentException(
          BAD_REQUEST,
          "python=" + python.get() + " and python.env=" + environment.get() + " exclude each other",
          "give one of them; an environment brings its own interpreter");
    }
    environment = environment.map(Path::toAbsolutePath);
    cache = cache.toAbsolutePath();
    jdk = jdk.toAbsolutePath();
    variables = Map.copyOf(variables);
  }

  /**
   * Returns the request that this JVM's system properties make: {@code python}, {@code
   * torch.version}, {@code python.env}, {@code python.cache}; unset and empty mean the default.
   *
   * @throws EnvironmentException if they contradict each other
   */
  public static EnvironmentRequest fromSystem() {
    return from(System.getProperties(), System.getenv());
  }

  static EnvironmentRequest from(Properties system, Map<String, String> variables) {
    return new EnvironmentRequest(
        given(system, "python"),
        given(system, "torch.version"),
        given(system, "python.env").map(Path::of),
        given(system, "python.cache")
            .map(Path::of)
            .orElseGet(() -> defaultCache(system, variables)),
        Path.of(system.getProperty("java.home")),
        Requirements.bundled(),
        variables);
  }

  /** Returns the version of torch that is asked for: the pinned one unless another is. */
  public String torch() {
    return torchVersion.orElseGet(
        () -> requirements.line("torch").orElse("").replaceFirst("^torch==", ""));
  }

  /** Returns the same request for another release of torch. */
  public EnvironmentRequest withTorch(String version) {
    return new EnvironmentRequest(
        python, Optional.of(version), environment, cache, jdk, requirements, variables);
  }

  /** Returns the same request for another interpreter, and no environment that is there. */
  public EnvironmentRequest withPython(String program) {
    return new EnvironmentRequest(
        Optional.of(program), torchVersion, Optional.empty(), cache, jdk, requirements, variables);
  }

  /** Returns the requirements with the torch that is asked for. */
  Requirements wanted() {
    return torchVersion.map(requirements::withTorch).orElse(requirements);
  }

  private static Optional<String> given(Properties system, String name) {
    return Optional.ofNullable(system.getProperty(name)).filter(value -> !value.isBlank());
  }

  private static Path defaultCache(Properties system, Map<String, String> variables) {
    return CacheFolder.of(
        system.getProperty("os.name"), system.getProperty("user.home"), variables);
  }
}
