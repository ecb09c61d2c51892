package dev.alig.conformance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.FailureFolder;
import dev.alig.conformance.gate.Journal;
import dev.alig.conformance.gate.UnderWay;
import dev.alig.conformance.report.ReportBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The process in which subjects and oracle run, so that a crash of the interpreter or of a native
 * library ends that process and not the report.
 */
final class WorkerProcess {
  /**
   * A silence that means that the worker hangs. Between two signs of life lies one case, which
   * takes milliseconds; the longest healthy silence is the first one, while torch is loaded, which
   * takes seconds from memory and may take a minute from a slow disk.
   */
  static final Duration SILENCE = Duration.ofMinutes(2);

  private static final long POLL_MILLIS = 100;

  private final WorkerCommand command;
  private final Path out;
  private final Duration timeout;
  private final ProgressLines progress;
  private long position;
  private long caseNumber;

  /**
   * A worker yet to be started.
   *
   * @param timeout the silence after which it is ended; while torch is loaded, at least {@link
   *     #SILENCE}
   */
  WorkerProcess(WorkerCommand command, Duration timeout, ProgressLines progress) {
    this.command = command;
    this.out = command.settings().out();
    this.timeout = timeout;
    this.progress = progress;
  }

  /** Runs the worker to its end; returns why it failed, or empty. */
  Optional<String> run(ReportBuilder builder) throws IOException {
    Process process = command.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    try {
      return await(process, builder);
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      return Optional.of("the run was interrupted");
    }
  }

  private Optional<String> await(Process process, ReportBuilder builder)
      throws IOException, InterruptedException {
    long lastHeard = System.nanoTime();
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      boolean heard = read(builder) || caseChanged();
      if (heard) {
        lastHeard = System.nanoTime();
      } else if (System.nanoTime() - lastHeard > limit(builder).toNanos()) {
        kill(process);
        process.waitFor();
        return Optional.of(hung(builder));
      }
    }
    read(builder);
    int status = process.exitValue();
    if (status == 0 && builder.finished()) {
      return Optional.empty();
    }
    String cause = new Ending(command.crashLog(), command.log()).of(status);
    return Optional.of(lines(cause, culprit(builder), command.log().tail()));
  }

  private Duration limit(ReportBuilder builder) {
    boolean opening = builder.current().isEmpty();
    return opening && timeout.compareTo(SILENCE) < 0 ? SILENCE : timeout;
  }

  /** What it started would keep its output open, and its memory. */
  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private String hung(ReportBuilder builder) throws IOException {
    String cause =
        "the worker hung: it was silent for %d s (--timeout) and has been ended"
            .formatted(limit(builder).toSeconds());
    return lines(cause, culprit(builder), command.log().tail());
  }

  /** The case that was under way, kept where it can be replayed. */
  private String culprit(ReportBuilder builder) throws IOException {
    Optional<Scripted> scripted = UnderWay.read(UnderWay.in(out));
    Optional<Event.PropertyStarted> property = builder.current();
    if (scripted.isEmpty() || property.isEmpty()) {
      return "no case was under way";
    }
    String name = property.get().subject() + "-" + property.get().requirements().get(0);
    Path file = FailureFolder.keep(out, name, scripted.get());
    return lines("case    " + scripted.get().describe(), "replay  ci/conform --traces " + file);
  }

  private static String lines(String... lines) {
    return String.join(System.lineSeparator(), lines).stripTrailing();
  }

  private boolean caseChanged() throws IOException {
    long before = caseNumber;
    caseNumber = UnderWay.number(UnderWay.in(out));
    return caseNumber != before;
  }

  /** Reads the complete lines that have come; returns whether there were any. */
  private boolean read(ReportBuilder builder) throws IOException {
    Path journal = Journal.in(out);
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
    text.substring(0, end).lines().forEach(line -> take(line, builder));
    return end > 0;
  }

  private void take(String line, ReportBuilder builder) {
    try {
      Event event = Journal.read(line);
      builder.add(event);
      progress.show(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the journal has a malformed line: " + line, e);
    }
  }
}
