package dev.alig.experiments.run;

import dev.alig.experiments.Training;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Prints how far a run is: a line at its beginning and end, and from time to time in between. */
final class ProgressLines {
  private static final long BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

  private final PrintStream out;
  private long shown;
  private long firstStep;
  private double firstSeconds;

  ProgressLines(PrintStream out) {
    this.out = out;
  }

  /** Prints which run this is, and the counts of what it read and built. */
  void begin(Identity identity, Training training, Progress progress) {
    out.printf(
        Locale.ROOT,
        "row %d: %s, %s %s, seed %d; %s%n",
        identity.row(),
        identity.title(),
        identity.optimizer(),
        Result.rate(identity.rate()),
        identity.seed(),
        counts(training));
    if (progress.steps() > 0) {
      out.printf("  goes on after step %d%n", progress.steps());
    }
    firstStep = progress.steps();
    firstSeconds = progress.seconds();
    shown = System.nanoTime();
  }

  /** The counts in words, such as {@code 45,000 training, 5,000 validation}. */
  static String counts(Training training) {
    return String.join(
        ", ",
        training.counts().entrySet().stream()
            .map(count -> String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey()))
            .toList());
  }

  /** Prints how far the run is, if the last line is old enough. */
  void show(Progress progress, long total) {
    long now = System.nanoTime();
    if (now - shown < BETWEEN_LINES) {
      return;
    }
    shown = now;
    double each = (progress.seconds() - firstSeconds) / (progress.steps() - firstStep);
    Map<String, Double> means =
        progress.current().examples() > 0 ? progress.current().means() : Map.of();
    out.printf(
        Locale.ROOT,
        "  step %d of %d, epoch %d: loss %.4g, %s left%n",
        progress.steps(),
        total,
        progress.epochs().size() + 1,
        means.getOrDefault("loss", Double.NaN),
        duration(each * (total - progress.steps())));
  }

  /** Prints how the run ended. */
  void end(Progress progress) {
    out.printf(
        "  %s after %d steps, %s%n",
        progress.diverged() ? "diverged (the loss is NaN)" : "done",
        progress.steps(),
        duration(progress.seconds()));
  }

  /** The duration in words, such as {@code 2 d 3 h} or {@code 5 min 10 s}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole >= 86_400) {
      return "%d d %d h".formatted(whole / 86_400, whole % 86_400 / 3_600);
    }
    if (whole >= 3_600) {
      return "%d h %d min".formatted(whole / 3_600, whole % 3_600 / 60);
    }
    return whole >= 60 ? "%d min %d s".formatted(whole / 60, whole % 60) : whole + " s";
  }
}
