package dev.alig.experiments.run;

import dev.alig.experiments.Experiment;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Metrics;
import dev.alig.experiments.Options;
import dev.alig.experiments.Part;
import dev.alig.experiments.Row;
import dev.alig.experiments.Snapshot;
import dev.alig.experiments.Step;
import dev.alig.experiments.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row under training, in a folder of its own.
 *
 * <p>The folder holds {@code checkpoint.zip}, {@code steps.csv}, {@code epochs.csv}, {@code
 * result.json} and {@code curves.png}.
 *
 * @param <R> the experiment's kind of row
 */
final class Run<R extends Row> {
  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(5);

  private final Experiment<R> experiment;
  private final R row;
  private final Options options;
  private final Identity identity;
  private final Path folder;
  private final Path file;
  private Progress progress = Progress.none();
  private Optional<Snapshot> best = Optional.empty();
  private long logBytes;
  private long lastCheckpoint = System.nanoTime();

  Run(Experiment<R> experiment, R row, Identity identity, Options options, Path out) {
    this.experiment = experiment;
    this.row = row;
    this.options = options;
    this.identity = identity;
    this.folder = out.resolve(identity.folder());
    this.file = folder.resolve("checkpoint.zip");
  }

  /**
   * Checks that the run can begin or resume.
   *
   * @throws InputException if the folder holds a run already and {@code resume} is false, or if it
   *     holds another run
   */
  Optional<Checkpoint> requireReady(boolean resume) throws InputException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (!resume) {
      throw new InputException(
          "%s holds a run already; go on with it by --resume, or choose another --out"
              .formatted(folder));
    }
    Checkpoint checkpoint = Checkpoint.read(file);
    // Not by equals, since an infinite number that was read is text.
    List<String> differences = identity.differences(checkpoint.identity());
    if (!differences.isEmpty()) {
      throw new InputException(
          "%s is of another run: %s; give that, or choose another --out"
              .formatted(file, String.join(", ", differences)));
    }
    return Optional.of(checkpoint);
  }

  /** Trains to the end, from the checkpoint if there is one. */
  Result train(boolean resume, ProgressLines lines) throws IOException {
    Optional<Checkpoint> from = requireReady(resume);
    Files.createDirectories(folder);
    try (Training training = experiment.prepare(row, options)) {
      if (from.isPresent()) {
        goOnFrom(from.get(), training);
      }
      lines.begin(identity, training, progress);
      try (StepLog log = StepLog.open(folder.resolve("steps.csv"), logBytes)) {
        loop(training, log, lines);
      } catch (IOException e) {
        throw stopped(e);
      }
      lines.end(progress);
      Curves.write(result(), folder.resolve("curves.png"));
      return result();
    }
  }

  private InputException stopped(IOException e) {
    return new InputException(
        "%s cannot be written: %s; make room, then go on by --resume from the last checkpoint"
            .formatted(folder, e.getMessage()),
        e);
  }

  private void goOnFrom(Checkpoint checkpoint, Training training) throws InputException {
    try {
      training.restore(checkpoint.current());
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "%s is of another version of the model: %s; delete it, and the run starts again"
              .formatted(file, e.getMessage()),
          e);
    }
    progress = checkpoint.progress();
    best = checkpoint.best();
    logBytes = checkpoint.logBytes();
  }

  private void loop(Training training, StepLog log, ProgressLines lines) throws IOException {
    long total = (long) training.epochs() * training.stepsPerEpoch();
    while (progress.steps() < total && !progress.diverged()) {
      long start = System.nanoTime();
      Step step = training.step(progress.steps());
      progress = progress.after(step, (System.nanoTime() - start) / 1e9);
      log.add(progress.steps(), step);
      lines.show(progress, total);
      if (progress.steps() % training.stepsPerEpoch() == 0 || progress.diverged()) {
        endEpoch(training);
        save(training, log);
      } else if (System.nanoTime() - lastCheckpoint > BETWEEN_CHECKPOINTS.toNanos()) {
        save(training, log);
      }
    }
    if (progress.test().isEmpty()) {
      test(training);
      save(training, log);
    }
  }

  private void endEpoch(Training training) {
    int before = progress.bestEpoch();
    progress = progress.afterEpoch(evaluate(training, Part.VALIDATION));
    if (progress.bestEpoch() > before) {
      best = Optional.of(training.save());
    }
  }

  /** Evaluates the best model on the test data once, or the last model if none was validated. */
  private void test(Training training) {
    Snapshot last = training.save();
    best.ifPresent(training::restore);
    progress = progress.afterTest(evaluate(training, Part.TEST));
    training.restore(last);
  }

  private static Map<String, Double> evaluate(Training training, Part part) {
    return training.evaluate(part).map(Metrics::values).orElse(Map.of());
  }

  private void save(Training training, StepLog log) throws IOException {
    logBytes = log.sync();
    new Checkpoint(identity, progress, logBytes, training.save(), best).write(file);
    lastCheckpoint = System.nanoTime();
    result().write(folder);
  }

  private Result result() {
    return new Result(identity, progress, row.published(), row.source(), Machine.here(identity));
  }
}
