package dev.alig.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder that is built once and then only read, by any number of processes.
 *
 * <p>Every attempt builds in a numbered folder of its own; the file {@code ready}, written last and
 * in one move, names the attempt that succeeded. So a builder that dies at any moment leaves
 * nothing that could be taken for finished, and a child that outlives it disturbs no later attempt.
 */
final class OnceBuilt {
  private static final String READY = "ready";

  /** Fills an empty folder. */
  @FunctionalInterface
  interface Builder {
    void build(Path folder) throws IOException;
  }

  private final Path home;
  private final Path lock;
  private final String what;
  private final Progress progress;

  /**
   * @param home the folder that holds the attempts
   * @param lock the file that builders lock
   * @param what names the result, as in "waiting for …"
   */
  OnceBuilt(Path home, Path lock, String what, Progress progress) {
    this.home = home;
    this.lock = lock;
    this.what = what;
    this.progress = progress;
  }

  /**
   * Returns the folder, built if need be.
   *
   * @param sound tells whether a finished folder is still whole; if not it is built anew
   */
  Path get(Predicate<Path> sound, Builder builder) throws IOException {
    Optional<Path> before = finished().filter(sound);
    if (before.isPresent()) {
      return before.get();
    }
    Files.createDirectories(home);
    Files.createDirectories(lock.toAbsolutePath().getParent());
    return new FolderLock(lock, what, progress)
        .holding(
            () -> {
              Optional<Path> meanwhile = finished().filter(sound);
              return meanwhile.isPresent() ? meanwhile.get() : build(builder);
            });
  }

  /** Returns the finished folder, if there is one. */
  Optional<Path> finished() throws IOException {
    try {
      return Optional.of(home.resolve(Files.readString(home.resolve(READY)).strip()))
          .filter(Files::isDirectory);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Removes what was built; who asks for it next builds it anew. A process that still reads it is
   * not waited for.
   *
   * @return whether nothing is left
   */
  boolean remove() throws IOException {
    if (!Files.isDirectory(home)) {
      return true;
    }
    return new FolderLock(lock, what, progress)
        .holding(
            () -> {
              // First of all, so that a removal cut short leaves nothing that looks finished.
              Files.deleteIfExists(home.resolve(READY));
              return Trees.remove(home);
            });
  }

  private Path build(Builder builder) throws IOException {
    Files.deleteIfExists(home.resolve(READY));
    for (Path leftOver : attempts()) {
      progress.say("removing an unfinished set-up: " + leftOver);
      Trees.remove(leftOver);
    }
    Path attempt = newAttempt();
    try {
      builder.build(attempt);
      markReady(attempt);
      return attempt;
    } catch (IOException | RuntimeException e) {
      Trees.remove(attempt);
      throw e;
    }
  }

  private List<Path> attempts() throws IOException {
    try (Stream<Path> inside = Files.list(home)) {
      return inside.filter(path -> path.getFileName().toString().matches("\\d+")).toList();
    }
  }

  /** A number that is still taken after the removal may be written to by an orphan: skip it. */
  private Path newAttempt() throws IOException {
    Path attempt = home.resolve("1");
    for (int number = 2; Files.exists(attempt); number++) {
      attempt = home.resolve(Integer.toString(number));
    }
    return Files.createDirectory(attempt);
  }

  private void markReady(Path attempt) throws IOException {
    Path draft = Files.writeString(home.resolve("ready.new"), attempt.getFileName().toString());
    Files.move(draft, home.resolve(READY), StandardCopyOption.ATOMIC_MOVE);
  }
}
