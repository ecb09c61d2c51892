package dev.alig.conformance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.FailureFolder;
import dev.alig.conformance.gate.Journal;
import dev.alig.conformance.gate.UnderWay;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A process in which subjects and oracle run, so that a crash of the interpreter or of a native
 * library ends that process and not the report.
 */
final class WorkerProcess {
  /**
   * A silence that means that the worker hangs. Between two signs of life lies one case, which
   * takes milliseconds; the longest healthy silence is the first one, while torch is loaded, which
   * takes seconds from memory and may take a minute from a slow disk.
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
   * @param timeout the silence after which it is ended; while torch is loaded, at least {@link
   *     #SILENCE}
   * @param listener hears all that the worker reports
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
   * Passes on what the worker has reported since the last call, and ends it if it hangs.
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

  /** Why the worker that ran failed; empty if it did all that was left to it. */
  Optional<String> failure() {
    return failure;
  }

  /** Ends the worker and what it started, which would keep its output open, and its memory. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Optional<String> ending() throws IOException {
    int status = process.exitValue();
    if (status == 0 && finished) {
      return Optional.empty();
    }
    String cause = new Ending(command.crashLog(), command.log()).of(status);
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

  /** The case that was under way, kept where it can be replayed. */
  private String culprit() throws IOException {
    Optional<Scripted> scripted = UnderWay.read(UnderWay.in(command.folder()));
    if (scripted.isEmpty() || property.isEmpty()) {
      return "no case was under way";
    }
    String name = property.get().subject() + "-" + property.get().requirements().get(0);
    Path file = FailureFolder.keep(command.settings().out(), name, scripted.get());
    return lines("case    " + scripted.get().describe(), "replay  ci/conform --traces " + file);
  }

  private static String lines(String... lines) {
    return String.join(System.lineSeparator(), lines).stripTrailing();
  }

  private boolean caseChanged() throws IOException {
    long before = caseNumber;
    caseNumber = UnderWay.number(UnderWay.in(command.folder()));
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
    try {
      Event event = Journal.read(line);
      if (event instanceof Event.PropertyStarted start) {
        property = Optional.of(start);
      } else if (event instanceof Event.PropertyEnded) {
        property = Optional.empty();
      }
      finished |= event instanceof Event.Finished;
      listener.accept(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the journal has a malformed line: " + line, e);
    }
  }
}
