package dev.alig.conformance.run;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apiguardian.api.API;

/** The folder of a run's report, and folders in general. */
@API(status = INTERNAL, since = "0.1")
public final class Folders {
  private Folders() {}

  /** The folder in a report folder that the workers of a run share. */
  public static Path workers(Path out) {
    return out.resolve("workers");
  }

  /** The folder in a report folder whose files tell the workers of a run what all must know. */
  public static Path told(Path out) {
    return workers(out).resolve("told");
  }

  /** Makes a report folder, and deletes what an earlier run left there. */
  public static void clear(Path out) throws IOException {
    Files.createDirectories(out);
    for (Path folder : List.of(out.resolve("failures"), workers(out), out.resolve("trained"))) {
      delete(folder);
    }
    Files.deleteIfExists(CaseInProgress.in(out));
    for (String file : List.of("report.json", "report.html", "journal.jsonl")) {
      Files.deleteIfExists(out.resolve(file));
    }
  }

  /** Deletes a folder with all its contents, if it exists. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
