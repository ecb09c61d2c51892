package dev.alig.conformance.releases;

import dev.alig.conformance.report.Report;
import java.util.Locale;
import java.util.Map;

/** {@code releases.html}, a view of {@code releases.json} in one file. */
final class ReleasesPage {
  private ReleasesPage() {}

  /** A release's line of facts. */
  record Facts(
      ReleaseResult release, String kind, String disk, String free, String setUp, String gate) {
    static Facts of(ReleaseResult release) {
      ReleaseResult.SetUp setUp = release.setUp();
      String fate =
          setUp.built() ? (setUp.kept() ? ", built and kept" : ", built and removed") : "";
      return new Facts(
          release,
          release.exitStatus() == 2 ? Report.BROKEN : release.verdict(),
          Environments.gigabytes(setUp.diskBytes()) + fate,
          Environments.gigabytes(setUp.freeBytes()),
          seconds(setUp.seconds()),
          seconds(release.gateSeconds()));
    }

    private static String seconds(double seconds) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
  }

  static String of(ReleasesReport report) {
    return ReleaseTables.html(
        "releases",
        Map.of(
            "report",
            report,
            "verdict",
            verdict(report),
            "facts",
            report.releases().stream().map(Facts::of).toList(),
            "tables",
            ReleaseTables.of(report)));
  }

  private static String verdict(ReleasesReport report) {
    if (!report.complete()) {
      return "unfinished";
    }
    return switch (report.exitStatus()) {
      case 0 -> Report.CONFORMS;
      case 1 -> Report.DIFFERS;
      default -> Report.BROKEN;
    };
  }
}
