package dev.alig.conformance.releases;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a run over releases: {@code releases.json}, the same of the run before, and a
 * folder a release. Every file is complete or not there, whenever the process dies.
 */
final class RunFolder implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private final Path folder;
  private final FileChannel channel;

  /**
   * Opens a folder for this process alone.
   *
   * @throws IllegalArgumentException if another run is under way there
   */
  RunFolder(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new IllegalArgumentException(
          "another run is under way in %s; wait for it, or give another folder as --out"
              .formatted(folder));
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Where the report lies. */
  Path report() {
    return reportIn(folder);
  }

  /** The report that some folder has, if it has one. */
  static Optional<ReleasesReport> report(Path folder) {
    return read(reportIn(folder), ReleasesReport.class);
  }

  private static Path reportIn(Path folder) {
    return folder.resolve("releases.json");
  }

  /** The folder of a release. */
  Path of(Version version) {
    return runs().resolve(version.toString());
  }

  /** Where a search leaves what it saw of each release. */
  Path search() {
    return folder.resolve("bisect");
  }

  /** What a search saw of a release, if it got that far. */
  Optional<RememberingObserver.Seen> seen(Version version) {
    return read(seenFile(version), RememberingObserver.Seen.class);
  }

  /** Keeps what a search saw of a release. */
  void keep(Version version, RememberingObserver.Seen seen) throws IOException {
    write(seenFile(version), seen);
  }

  /** Forgets what a search saw of these releases. */
  void forget(List<Version> versions) throws IOException {
    for (Version version : versions) {
      Files.deleteIfExists(seenFile(version));
    }
  }

  private Path seenFile(Version version) {
    return search().resolve(version.toString()).resolve("seen.json");
  }

  private Path runs() {
    return folder.resolve("runs");
  }

  private Path previous() {
    return folder.resolve("releases.previous.json");
  }

  /**
   * Begins a run: goes on with one of the same settings that has not come to its end, else puts the
   * last report aside and forgets its results.
   *
   * @return whether it goes on
   */
  boolean begin(RunSettings settings) throws IOException {
    Optional<ReleasesReport> last = read(report(), ReleasesReport.class);
    if (last.filter(run -> !run.complete() && run.settings().equals(settings)).isPresent()) {
      return true;
    }
    if (last.filter(ReleasesReport::complete).isPresent()) {
      Files.move(report(), previous(), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.deleteIfExists(report());
    deleteTree(runs());
    write(report(), new ReleasesReport(false, settings, List.of(), List.of(), List.of()));
    return false;
  }

  /** The report of the run before, if there was one. */
  Optional<ReleasesReport> last() {
    return read(previous(), ReleasesReport.class);
  }

  /** A release's result, if there is a complete one of the same settings. */
  Optional<ReleaseResult> result(Version version, RunSettings settings) {
    return read(of(version).resolve("result.json"), ReleaseResult.class)
        .filter(result -> result.isComplete() && result.settings().equals(settings.digest()));
  }

  /** Keeps a release's result. */
  void keep(ReleaseResult result) throws IOException {
    write(of(result.version()).resolve("result.json"), result);
  }

  /** The fingerprint of a release, if one was taken. */
  Optional<Fingerprint> fingerprint(Version version) {
    return read(of(version).resolve("fingerprint.json"), Fingerprint.class);
  }

  /** Writes the report and its view. */
  void write(ReleasesReport report) throws IOException {
    write(report(), report);
    Files.writeString(folder.resolve("releases.html"), ReleasesPage.of(report));
  }

  /** A file that is missing, cut short or of another layout counts as none. */
  private static <T> Optional<T> read(Path file, Class<T> type) {
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(file.toFile(), type))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static void write(Path file, Object value) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    JSON.writeValue(draft.toFile(), value);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void deleteTree(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> paths = Files.walk(root)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
