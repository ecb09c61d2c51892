package dev.alig.conformance.cli;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.subjects.PythonSubject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The switch that says which Python package is the subject {@code python}. */
final class SubjectPackage {
  @Option(
      names = "--package",
      paramLabel = "DIR",
      description = "The folder whose package alig is the subject python (default: bundled).")
  private Optional<Path> folder = PythonSubject.folder();

  /** Whether a run needs Python, for its oracle or for a subject. */
  static boolean isPythonNeeded(ConformanceSettings settings, List<Implementation> subjects) {
    return settings.needsPython() || hasPython(subjects);
  }

  private static boolean hasPython(List<Implementation> subjects) {
    return subjects.stream().anyMatch(PythonSubject.class::isInstance);
  }

  /**
   * Hands the switch on as a system property.
   *
   * @throws IllegalArgumentException if the folder has no package, if no subject {@code python}
   *     takes it, or if it is the oracle's
   */
  void apply(ConformanceSettings settings, List<Implementation> subjects) {
    folder.ifPresent(dir -> Conform.requirePackage("--package", dir));
    if (!hasPython(subjects)) {
      if (folder.isPresent()) {
        throw new IllegalArgumentException(
            "--package: it is the subject python's; add --subject python, or leave it out");
      }
      return;
    }
    folder.ifPresent(
        dir -> System.setProperty(PythonSubject.PACKAGE, dir.toAbsolutePath().toString()));
    boolean same =
        settings.original().isEmpty()
            ? settings.needsPython() && folder.isEmpty()
            : folder.filter(dir -> isSame(dir, Path.of(settings.original()))).isPresent();
    if (same) {
      throw new IllegalArgumentException(
          "--subject python: the oracle is the same package (%s), which would be compared with"
                  .formatted(folder.map(Path::toString).orElse(ConformanceSettings.BUNDLED))
              + " itself; add --oracle exact or --oracle traces, or name another with --package");
    }
  }

  private static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }
}
