package dev.alig.conformance.cli;

import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.reproduce.FailureFolder;
import dev.alig.conformance.run.CaseInProgress;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.Journal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A process for subjects and oracle. If the interpreter or a native library crashes, only this
 * process ends.
 */
final class WorkerProcess {
  /**
   * A silence of this length means that the worker hangs. A case takes milliseconds. The longest
   * healthy silence is the first: loading torch takes seconds, or a minute from a slow disk.
   */
  static final Duration SILENCE = Duration.ofMinutes(2);

  private final WorkerCommand command;
  private final Duration timeout;
  private final Consumer<Event> listener;
  private final Process process;
  private Optional<Event.PropertyStarted> property = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private boolean finished;
  private long lastHeard = System.nanoTime();
  private long position;
  private long caseNumber;

  /**
   * Starts a worker.
   *
   * @param timeout the silence after which it is ended; at least {@link #SILENCE} while torch loads
   * @param listener takes the worker's events
   */
  WorkerProcess(WorkerCommand command, Duration timeout, Consumer<Event> listener)
      throws IOException {
    this.command = command;
    this.timeout = timeout;
    this.listener = listener;
    this.process = command.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * Passes on the worker's new events, and ends the worker if it hangs.
   *
   * @return whether it is still running
   */
  boolean isRunning() throws IOException {
    boolean alive = process.isAlive();
    boolean heard = read() || caseChanged();
    if (!alive) {
      failure = ending();
    } else if (heard) {
      lastHeard = System.nanoTime();
    } else if (System.nanoTime() - lastHeard > limit().toNanos()) {
      kill();
      failure = Optional.of(hung());
      return false;
    }
    return alive;
  }

  /** Why the worker failed; empty if it finished. */
  Optional<String> failure() {
    return failure;
  }

  /** Ends the worker and the processes it started, which would keep its output open. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Optional<String> ending() throws IOException {
    int status = process.exitValue();
    if (status == 0 && finished) {
      return Optional.empty();
    }
    String cause = new WorkerExit(command.crashLog(), command.log()).of(status);
    return Optional.of(lines(cause, culprit(), command.log().tail()));
  }

  private Duration limit() {
    boolean opening = property.isEmpty();
    return opening && timeout.compareTo(SILENCE) < 0 ? SILENCE : timeout;
  }

  private String hung() throws IOException {
    String cause =
        "the worker hung: it was silent for %d s (--timeout) and has been ended"
            .formatted(limit().toSeconds());
    return lines(cause, culprit(), command.log().tail());
  }

  /** Keeps the case that was being judged, so that it can be replayed. */
  private String culprit() throws IOException {
    Optional<StepCase> scripted = CaseInProgress.read(CaseInProgress.in(command.folder()));
    if (scripted.isEmpty() || property.isEmpty()) {
      return "no case was under way";
    }
    String name = property.get().subject() + "-" + property.get().requirements().get(0);
    Path file = FailureFolder.keepWithoutOracle(command.settings().out(), name, scripted.get());
    return lines("case    " + scripted.get().describe(), "replay  ci/conform --traces " + file);
  }

  private static String lines(String... lines) {
    return String.join(System.lineSeparator(), lines).stripTrailing();
  }

  private boolean caseChanged() throws IOException {
    long before = caseNumber;
    caseNumber = CaseInProgress.number(CaseInProgress.in(command.folder()));
    return caseNumber != before;
  }

  /** Reads the complete lines that have come; returns whether there were any. */
  private boolean read() throws IOException {
    Path journal = Journal.in(command.folder());
    if (!Files.exists(journal)) {
      return false;
    }
    byte[] news;
    try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "r")) {
      news = new byte[Math.toIntExact(file.length() - position)];
      file.seek(position);
      file.readFully(news);
    }
    String text = new String(news, StandardCharsets.UTF_8);
    int end = text.lastIndexOf('\n') + 1;
    position += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    text.substring(0, end).lines().forEach(this::take);
    return end > 0;
  }

  private void take(String line) {
    Event event = Journal.read(line);
    if (event instanceof Event.PropertyStarted start) {
      property = Optional.of(start);
    } else if (event instanceof Event.PropertyEnded) {
      property = Optional.empty();
    }
    finished |= event instanceof Event.Finished;
    listener.accept(event);
  }
}
