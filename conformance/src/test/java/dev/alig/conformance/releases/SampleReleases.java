package dev.alig.conformance.releases;

import dev.alig.conformance.releases.ReleaseResult.Cell;
import dev.alig.conformance.releases.ReleaseResult.SetUp;
import dev.alig.conformance.releases.ReleaseResult.Subject;
import dev.alig.conformance.releases.ReleasesReport.Step;
import dev.alig.conformance.releases.ReleasesReport.VerdictChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The results of a run over releases in which something changed. */
public final class SampleReleases {
  private static final RunSettings SETTINGS =
      new RunSettings(7, 50, List.of("nd4j"), List.of(), "bundled", "", "code", "Linux, Java 17");

  private SampleReleases() {}

  /**
   * Leaves {@code releases.json} and its view in a folder: one conforms, one differs, one fails.
   */
  public static void leave(Path folder) throws IOException {
    try (RunFolder place = new RunFolder(folder)) {
      place.write(report());
    }
  }

  private static ReleasesReport report() {
    List<ReleaseResult> releases =
        List.of(
            release("2.2.2", "conforms", "", List.of(cell("conforms", 0.75, ""))),
            release("2.3.1", "differs", "", List.of(cell("differs", 2, "expected <1>"))),
            release("2.4.1", ReleaseResult.NOT_SET_UP, "no wheel of " + "x".repeat(80), List.of()));
    BitChange change = new BitChange("norm float32 9", "sums", 3, 12.4, 0.3, "");
    VerdictChange verdict = new VerdictChange("nd4j", "NORM", "conforms", "differs");
    List<Step> steps =
        List.of(
            new Step(
                version(0, releases), version(1, releases), List.of(verdict), List.of(change), ""),
            new Step(version(1, releases), version(2, releases), List.of(), List.of(), "unknown"));
    return new ReleasesReport(true, SETTINGS, releases, steps, List.of("nothing changed"));
  }

  private static Version version(int index, List<ReleaseResult> releases) {
    return releases.get(index).version();
  }

  private static Cell cell(String verdict, double ratio, String message) {
    return new Cell("NORM", "the norm", verdict, 50, ratio, "case-1", message);
  }

  private static ReleaseResult release(
      String version, String verdict, String reason, List<Cell> cells) {
    List<Subject> subjects = new ArrayList<>();
    if (!cells.isEmpty()) {
      subjects.add(new Subject("nd4j", "1", "d", cells));
    }
    return new ReleaseResult(
        Version.of(version),
        verdict,
        reason,
        "2.4.6",
        SETTINGS.digest(),
        new SetUp(true, 100, 6_000_000_000L, 60_000_000_000L, false),
        20,
        "o",
        subjects,
        List.of());
  }
}
