package dev.alig.conformance.sweep;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.run.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder of a sweep: {@code sweep.json} and its views, one folder per row, and the rows of the
 * previous sweep. Every JSON file is complete or missing, even if the process dies.
 */
final class SweepFolder implements AutoCloseable {
  /** Reads and writes the JSON files of the folder. */
  static final JsonMapper JSON =
      Rows.strict(
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));

  private final Path folder;
  private final FileChannel channel;

  /**
   * Opens a folder for this process alone.
   *
   * @throws IllegalArgumentException if another sweep is running there
   */
  SweepFolder(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new IllegalArgumentException(
          "another sweep is under way in %s; wait for it, or give another folder as --out"
              .formatted(folder));
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** A file or folder in this folder. */
  Path resolve(String name) {
    return folder.resolve(name);
  }

  /** The folder of a row. */
  Path of(String row) {
    return resolve("rows").resolve(row);
  }

  /** The folder of a row in the previous sweep. */
  Path before(String row) {
    return resolve("rows.previous").resolve(row);
  }

  /**
   * Begins a sweep. Resumes the last sweep if that has the same settings and is not complete.
   * Otherwise starts anew, and keeps the last sweep as the previous one if it is complete.
   *
   * @return whether it resumes
   */
  boolean begin(String settings) throws IOException {
    Optional<SweepReport> last = read(resolve("sweep.json"), SweepReport.class);
    if (last.filter(run -> !run.complete() && run.settings().equals(settings)).isPresent()) {
      return true;
    }
    if (last.filter(SweepReport::complete).isPresent() && Files.exists(resolve("rows"))) {
      Folders.delete(resolve("rows.previous"));
      Files.move(resolve("rows"), resolve("rows.previous"));
    }
    // Without it, a process that dies here does not make the next one move the rows again.
    Files.deleteIfExists(resolve("sweep.json"));
    Folders.delete(resolve("rows"));
    Files.createDirectories(resolve("rows"));
    return false;
  }

  /** The result in a row's folder, if there is one. */
  static Optional<RowResult> result(Path row) {
    return read(row.resolve("result.json"), RowResult.class);
  }

  /** Writes a row's result to its folder. */
  void keep(RowResult result) throws IOException {
    write(of(result.name()).resolve("result.json"), result);
  }

  /** The fingerprint in a row's folder, if one was taken. */
  static Optional<Fingerprint> fingerprint(Path row) {
    return read(Fingerprint.in(row), Fingerprint.class);
  }

  /** Writes the report and its views. */
  void write(SweepReport report) throws IOException {
    write(resolve("sweep.json"), report);
    Files.writeString(resolve("sweep.html"), SweepPage.html(report));
    Files.writeString(resolve("sweep.txt"), SweepPage.text(report));
  }

  /** The value of a file; empty if the file is missing, cut short or of another layout. */
  static <T> Optional<T> read(Path file, Class<T> type) {
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(file.toFile(), type))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Writes a file atomically. */
  static void write(Path file, Object value) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    JSON.writeValue(draft.toFile(), value);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
