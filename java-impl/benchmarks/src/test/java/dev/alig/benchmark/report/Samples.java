package dev.alig.benchmark.report;

import dev.alig.benchmark.bridge.BridgeResult;
import dev.alig.benchmark.bridge.Crossing;
import dev.alig.benchmark.bridge.Split;
import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Momentum;
import dev.alig.benchmark.contender.Setting;
import dev.alig.benchmark.race.Facts;
import dev.alig.benchmark.race.RaceResult;
import dev.alig.benchmark.race.Timing;
import dev.alig.conformance.DType;
import java.util.List;
import java.util.Map;

/** A report of made-up numbers. */
final class Samples {
  private Samples() {}

  static Report report() {
    return new Report(
        "2026-11-25T10:00:00Z",
        "ci/benchmark --rounds 3",
        new Machine("Some CPU", 2, "Linux 6 amd64"),
        0.25,
        1.5,
        List.of(run()),
        List.of(bridge()));
  }

  static Run run() {
    Facts facts =
        new Facts(
            25,
            "Some VM 25",
            2,
            "vector: something",
            "some loops",
            Map.of("torch", "2.15.0", "nd4j", "1.0", "tensorflow", "2.18.0"));
    Setting doubles = new Setting(1000, DType.DOUBLE, Momentum.ADJUSTED, true);
    return new Run(
        facts,
        List.of(
            race(Setting.base(1000), 1), race(Setting.base(1_000_000), 1000),
            race(Setting.base(1000).withBall(true), 3), race(doubles, 2)));
  }

  private static RaceResult race(Setting setting, double scale) {
    return new RaceResult(
        setting,
        List.of(
            timing(Contender.TORCH, scale, 80, 120, 90),
            timing(Contender.OURS, scale, 2, 4, 1),
            timing(Contender.PROBE, scale, 2, 2, 2)));
  }

  private static Timing timing(
      Contender contender, double scale, double first, double second, double third) {
    return new Timing(contender, List.of(first * scale, second * scale, third * scale));
  }

  static BridgeResult bridge() {
    Split inProcess = new Split(List.of(10.0), List.of(30.0), List.of(130.0));
    Split overPipes = new Split(List.of(50.0), List.of(600.0), List.of(780.0));
    return new BridgeResult(
        17, List.of(new Crossing(100, inProcess, overPipes)), List.of(2000.0, 2400.0));
  }
}
