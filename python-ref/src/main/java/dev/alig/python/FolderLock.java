package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.INTERRUPTED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * One builder at a time, over processes and threads. The operating system frees the lock when its
 * holder dies, however it dies; the file stays, and names the last holder.
 */
final class FolderLock {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration SPEAK_FIRST = Duration.ofMillis(500);
  private static final Duration SPEAK_AGAIN = Duration.ofSeconds(30);

  /** Far behind the text, which other processes can so read while the lock is held. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /** What is done while the lock is held. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws IOException;
  }

  private FolderLock() {}

  /**
   * Takes the lock, waiting as long as another holds it, and frees it after the action.
   *
   * @param what names what the lock guards, for the lines that tell of waiting
   */
  static <T> T holding(Path file, String what, Progress progress, Action<T> action)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      waitFor(channel, file, what, progress);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(("" + ProcessHandle.current().pid()).getBytes(UTF_8)), 0);
      return action.run();
    }
  }

  private static void waitFor(FileChannel channel, Path file, String what, Progress progress)
      throws IOException {
    long start = System.nanoTime();
    long speakAt = SPEAK_FIRST.toNanos();
    while (attempt(channel).isEmpty()) {
      long waited = System.nanoTime() - start;
      if (waited >= speakAt) {
        progress.say(
            "waiting for process %s, which is preparing %s (%d s)"
                .formatted(Files.readString(file), what, Duration.ofNanos(waited).toSeconds()));
        speakAt = waited + SPEAK_AGAIN.toNanos();
      }
      pause(what);
    }
  }

  private static Optional<FileLock> attempt(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock(LOCKED_BYTE, 1, false));
    } catch (OverlappingFileLockException e) {
      // Another thread of this process holds it.
      return Optional.empty();
    }
  }

  private static void pause(String what) {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException(
          INTERRUPTED, "interrupted while waiting for " + what, "start the build again");
    }
  }
}
