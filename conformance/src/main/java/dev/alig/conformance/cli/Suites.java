package dev.alig.conformance.cli;

import dev.alig.conformance.properties.ConformanceSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The suites on the class path, by the names of their subjects. */
final class Suites {
  private Suites() {}

  /**
   * The suites of the named subjects; of all where no name is given.
   *
   * @throws IllegalArgumentException naming all subjects, if there is no such one
   */
  static List<ConformanceSuite> named(List<String> names) {
    Map<String, ConformanceSuite> all = new TreeMap<>();
    ServiceLoader.load(ConformanceSuite.class).stream()
        .flatMap(provider -> onClassPath(provider).stream())
        .forEach(suite -> all.put(suite.subject().name(), suite));
    List<ConformanceSuite> chosen = new ArrayList<>();
    for (String name : names.isEmpty() ? all.keySet() : names) {
      ConformanceSuite suite = all.get(name);
      if (suite == null) {
        throw new IllegalArgumentException(
            "no subject is named %s; there are %s".formatted(name, all.keySet()));
      }
      chosen.add(suite);
    }
    return chosen;
  }

  /** A built-in suite, if the framework of its subject is there; the kit does not bring all. */
  private static Optional<ConformanceSuite> onClassPath(
      ServiceLoader.Provider<ConformanceSuite> provider) {
    try {
      return Optional.of(provider.get());
    } catch (NoClassDefFoundError withoutFramework) {
      return Optional.empty();
    }
  }
}
