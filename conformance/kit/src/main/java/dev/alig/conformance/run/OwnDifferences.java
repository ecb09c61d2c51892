package dev.alig.conformance.run;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.differences.Declared;
import dev.alig.conformance.differences.DeclaredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** The known differences that a user declares for a run. */
@API(status = INTERNAL, since = "0.1")
public final class OwnDifferences {
  /** The system property that names the file, for suites that run as tests of a project. */
  public static final String PROPERTY = "conformance.known";

  private OwnDifferences() {}

  /** Hands a file to the workers of a run. */
  public static void tell(Path out, Path file) throws IOException {
    Files.createDirectories(folder(out));
    Files.copy(file, folder(out).resolve(file.getFileName()));
  }

  /** The entries that were handed to the workers, or else those of the property's file. */
  public static List<Declared> read(Path out) {
    Path told = folder(out);
    if (Files.isDirectory(told)) {
      try (Stream<Path> files = Files.list(told)) {
        return DeclaredFile.read(files.findFirst().orElse(told));
      } catch (IOException e) {
        throw new UncheckedIOException("the known differences cannot be read: " + told, e);
      }
    }
    String file = System.getProperty(PROPERTY, "");
    return file.isBlank() ? List.of() : DeclaredFile.read(Path.of(file));
  }

  private static Path folder(Path out) {
    return Folders.told(out).resolve("known");
  }
}
