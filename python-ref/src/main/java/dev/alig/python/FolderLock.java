package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.INTERRUPTED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

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

  /**
   * Keeps the threads of this process apart: a process that closes a file frees every lock that it
   * has on it, so that only one thread may have it open.
   */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  /** What is done while the lock is held. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws IOException;
  }

  @FunctionalInterface
  private interface Attempt {
    boolean succeeds() throws IOException;
  }

  private final Path file;
  private final String what;
  private final Progress progress;

  /**
   * Describes a lock.
   *
   * @param what names what the lock guards, for the lines that tell of waiting
   */
  FolderLock(Path file, String what, Progress progress) {
    this.file = file.toAbsolutePath().normalize();
    this.what = what;
    this.progress = progress;
  }

  /** Takes the lock, waiting as long as another holds it, and frees it after the action. */
  <T> T holding(Action<T> action) throws IOException {
    ReentrantLock thread = THREADS.computeIfAbsent(file, path -> new ReentrantLock());
    waitFor(thread, thread::tryLock);
    try {
      return holdingFile(thread, action);
    } finally {
      thread.unlock();
    }
  }

  private <T> T holdingFile(ReentrantLock thread, Action<T> action) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      waitFor(thread, () -> channel.tryLock(LOCKED_BYTE, 1, false) != null);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(("" + ProcessHandle.current().pid()).getBytes(UTF_8)), 0);
      return action.run();
    }
  }

  private void waitFor(ReentrantLock thread, Attempt attempt) throws IOException {
    long start = System.nanoTime();
    long speakAt = SPEAK_FIRST.toNanos();
    while (!attempt.succeeds()) {
      long waited = System.nanoTime() - start;
      if (waited >= speakAt) {
        progress.say(
            "waiting for %s, which is preparing %s (%d s)"
                .formatted(holder(thread), what, Duration.ofNanos(waited).toSeconds()));
        speakAt = waited + SPEAK_AGAIN.toNanos();
      }
      pause();
    }
  }

  private String holder(ReentrantLock thread) throws IOException {
    return thread.isHeldByCurrentThread()
        ? "process " + Files.readString(file).strip()
        : "another thread";
  }

  private void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException(
          INTERRUPTED, "interrupted while waiting for " + what, "start the build again");
    }
  }
}
