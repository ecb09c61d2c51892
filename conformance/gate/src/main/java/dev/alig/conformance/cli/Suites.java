package dev.alig.conformance.cli;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.properties.ConformanceSuite;
import dev.alig.conformance.subjects.Nd4jSubject;
import dev.alig.conformance.subjects.PythonSubject;
import dev.alig.conformance.subjects.TensorFlowSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apiguardian.api.API;

/** The suites on the class path, by the names of their subjects. */
@API(status = INTERNAL, since = "0.1")
public final class Suites {
  /**
   * Subjects that run only if they are named: Python's, and those that differ from another subject
   * only in what moves the numbers.
   */
  private static final Set<String> ON_REQUEST =
      Set.of(PythonSubject.NAME, Nd4jSubject.OF_OPERATIONS, TensorFlowSubject.OF_RESOURCES);

  private Suites() {}

  /**
   * The suites of the named subjects; where no name is given, of all but those on request.
   *
   * @throws IllegalArgumentException naming all subjects, if there is no such one
   */
  public static List<ConformanceSuite> named(List<String> names) {
    Map<String, ConformanceSuite> all = byName();
    List<ConformanceSuite> chosen = new ArrayList<>();
    Set<String> usual = new TreeSet<>(all.keySet());
    usual.removeAll(ON_REQUEST);
    for (String name : names.isEmpty() ? usual : names) {
      ConformanceSuite suite = all.get(name);
      if (suite == null) {
        throw new IllegalArgumentException(
            "no subject is named %s; there are %s".formatted(name, all.keySet()));
      }
      chosen.add(suite);
    }
    return chosen;
  }

  private static Map<String, ConformanceSuite> byName() {
    Map<String, ConformanceSuite> all = new TreeMap<>();
    ServiceLoader.load(ConformanceSuite.class).stream()
        .flatMap(provider -> onClassPath(provider).stream())
        .forEach(suite -> all.put(suite.subject().name(), suite));
    return all;
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
