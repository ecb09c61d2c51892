package dev.alig.conformance.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.Artifact;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.run.Block;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Folders;
import dev.alig.conformance.subjects.PythonSubject;
import dev.alig.python.ChildProcess;
import dev.alig.python.EnvironmentException;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Runs a {@link BlockShare} on a machine of a cluster, in a worker process. If that dies, its block
 * is lost and named, and another worker takes the blocks after it. The results lie in the report
 * folder of this process, as they do in that of a run on one machine.
 */
@API(status = INTERNAL, since = "0.1")
public final class ShareWorker {
  /** The system property that names the report folder of the run, on another machine. */
  static final String REPORT = "conformance.report";

  /** The system property with the digest of the code that started the run. */
  static final String KIT = "conformance.kit";

  /** The files that name folders. */
  private static final String TEXT = ".*\\.(jsonl|json|java|txt|log|ini)";

  private final ConformanceSettings settings;
  private final int number;
  private final List<Block> blocks;

  private ShareWorker(ConformanceSettings settings, int number, List<Block> blocks) {
    this.settings = settings;
    this.number = number;
    this.blocks = blocks;
  }

  /** Why a worker failed, in the report folder of a run; there is no such file if it did not. */
  public static Path failure(Path out, int number) {
    return Folders.workers(out).resolve(Integer.toString(number)).resolve("failure.txt");
  }

  /** Takes the number of the share, and its blocks; system properties say the rest. */
  public static void main(String[] arguments) throws IOException {
    ChildProcess.endWithParent();
    try {
      ConformanceSettings settings = ConformanceSettings.from(System.getProperties());
      List<Block> blocks = Arrays.stream(arguments).skip(1).map(Block::of).toList();
      new ShareWorker(settings, Integer.parseInt(arguments[0]), blocks).run();
      rename(settings.out(), System.getProperty(REPORT, ""));
    } catch (EnvironmentException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(ErrorMessages.COULD_NOT_RUN);
    }
    System.exit(0);
  }

  /** The digest of the code that draws the cases and judges them. */
  static String kit() {
    return Artifact.of(Report.class).digest();
  }

  private void run() throws IOException {
    if (!kit().equals(System.getProperty(KIT))) {
      throw new IllegalArgumentException(
          "this machine has another build of the conformance kit than the one that started the run;"
              + " copy that one to the same folder on each machine");
    }
    Duration silence = Duration.ofSeconds(Long.getLong("conformance.timeout"));
    Workers workers = new Workers(event -> {}, silence, List.of());
    Optional<PythonEnvironment> python = python();
    List<Block> left = blocks;
    boolean goesOn = true;
    while (goesOn && !left.isEmpty()) {
      int worker = number + blocks.size() - left.size();
      Optional<String> failure = workers.run(settings, left, python, IntStream.of(worker));
      if (failure.isPresent()) {
        Files.writeString(failure(settings.out(), worker), failure.get());
      }
      List<Block> untouched =
          left.stream().filter(block -> !Blocks.isClaimed(block, settings.out())).toList();
      // A worker that dies before its first block will do so again.
      goesOn = untouched.size() < left.size();
      left = untouched;
    }
  }

  private Optional<PythonEnvironment> python() {
    boolean isNeeded =
        settings.needsPython()
            || blocks.stream().anyMatch(block -> block.subject().equals(PythonSubject.NAME));
    if (!isNeeded) {
      return Optional.empty();
    }
    EnvironmentRequest request = EnvironmentRequest.fromSystem();
    if (request.environment().isEmpty() && !PythonEnvironment.isThere(request)) {
      // All executors at once would fetch gigabytes.
      throw new IllegalArgumentException(
          "this machine lacks the Python environment of the run in %s; run ci/conform once on it,"
                  .formatted(request.cache())
              + " or name a folder that all machines have as -Dpython.cache=DIR or"
              + " -Dpython.env=DIR");
    }
    return Optional.of(PythonEnvironment.prepare(request, System.out));
  }

  /** Puts the report folder of the run in the place of this one's name, in all texts. */
  private static void rename(Path out, String report) throws IOException {
    try (Stream<Path> paths = Files.walk(out)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        if (file.toString().matches(TEXT)) {
          // Logs need not be text; so no byte may change otherwise.
          String text = Files.readString(file, ISO_8859_1);
          String renamed = text.replace(bytes(out.toString()), bytes(report));
          Files.writeString(file, renamed, ISO_8859_1);
        }
      }
    }
  }

  private static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
