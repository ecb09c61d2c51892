package dev.alig.python;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests for environments so small that a test can have one made. */
final class Requests {
  static final Requirements TINY =
      new Requirements(List.of("torch==2.15.0", "numpy==2.4.6", "jep==4.3.1"), 0);

  private Requests() {}

  /** Returns a request for the tiny packages, on the interpreter that the build uses. */
  static EnvironmentRequest tiny(Path cache, Path index) {
    return request(
        Optional.ofNullable(System.getProperty("python")).filter(value -> !value.isBlank()),
        cache,
        Path.of(System.getProperty("java.home")),
        TINY,
        offline(index));
  }

  /** Returns a request that is refused before anything is installed. */
  static EnvironmentRequest on(Path python, Path cache) {
    Path jdk = Path.of(System.getProperty("java.home"));
    return request(Optional.of(python.toString()), cache, jdk, TINY, System.getenv());
  }

  static EnvironmentRequest request(
      Optional<String> python,
      Path cache,
      Path jdk,
      Requirements requirements,
      Map<String, String> variables) {
    return new EnvironmentRequest(
        python, Optional.empty(), Optional.empty(), cache, jdk, requirements, variables);
  }

  /** Returns a request to use an environment as it is. */
  static EnvironmentRequest given(Path environment, Path cache, Optional<String> torchVersion) {
    return new EnvironmentRequest(
        Optional.empty(),
        torchVersion,
        Optional.of(environment),
        cache,
        Path.of(System.getProperty("java.home")),
        TINY,
        System.getenv());
  }

  /**
   * Returns variables that let pip see nothing but a folder of wheels. A folder {@code elsewhere}
   * beside that one is where programs put what is temporary.
   */
  static Map<String, String> offline(Path index) {
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.put("PIP_NO_INDEX", "1");
    variables.put("PIP_FIND_LINKS", index.toString());
    variables.put("TMPDIR", index.resolveSibling("elsewhere").toString());
    return variables;
  }
}
