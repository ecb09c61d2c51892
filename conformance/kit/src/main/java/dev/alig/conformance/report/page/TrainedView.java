package dev.alig.conformance.report.page;

import dev.alig.conformance.trained.Peak;
import dev.alig.conformance.trained.TrainedSummary;
import java.nio.file.Path;
import java.util.List;

/**
 * A trained case.
 *
 * @param peaks the distances of loss, step size, weights and gradient
 * @param curves its curves, if their file is in the report's folder
 * @param time how long it took
 */
record TrainedView(
    TrainedSummary trained, List<PeakView> peaks, List<CurveView> curves, String time) {

  /**
   * The distance of a quantity.
   *
   * @param apart the largest relative difference
   * @param allowed what was allowed there
   * @param ratio the largest part of its allowance that any step used
   * @param share the length of the bar
   */
  record PeakView(String name, String apart, String allowed, String ratio, String share) {
    static PeakView of(String name, Peak peak) {
      return new PeakView(
          name,
          Words.small(peak.relative()),
          Words.small(peak.bound()),
          Words.ratio(peak.ratio()),
          Words.share(peak.ratio()));
    }
  }

  static TrainedView of(String subject, TrainedSummary trained, Path folder) {
    return new TrainedView(
        trained,
        List.of(
            PeakView.of("loss", trained.loss()),
            PeakView.of("step size", trained.stepSize()),
            PeakView.of("weights", trained.weights()),
            PeakView.of("gradient", trained.gradient())),
        CurveView.of(folder.resolve("trained").resolve(subject + "-" + trained.caseId() + ".csv")),
        Words.time(trained.seconds()));
  }
}
