package dev.alig.experiments.run;

import dev.alig.experiments.Experiment;
import dev.alig.experiments.Options;
import dev.alig.experiments.Row;
import dev.alig.experiments.Training;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/** {@code --dry-run}: does everything except the training. */
final class DryRun {
  private static final int STEPS = 3;

  private DryRun() {}

  /**
   * Reads the data, builds the model, times three steps after a first one, and predicts the time of
   * a run.
   */
  static <R extends Row> void of(
      Experiment<R> experiment, R row, Identity identity, Options options, PrintStream out)
      throws IOException {
    try (Training training = experiment.prepare(row, options)) {
      new ProgressLines(out).begin(identity, training, Progress.none());
      training.step(0);
      double[] seconds = new double[STEPS];
      for (int i = 0; i < STEPS; i++) {
        long start = System.nanoTime();
        training.step(i + 1);
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
      Arrays.sort(seconds);
      double each = seconds[STEPS / 2];
      long steps = (long) training.epochs() * training.stepsPerEpoch();
      out.printf(
          Locale.ROOT,
          "  %.3g s per step; %d epochs of %d steps take about %s, without evaluations%n",
          each,
          training.epochs(),
          training.stepsPerEpoch(),
          ProgressLines.duration(each * steps));
    }
  }
}
