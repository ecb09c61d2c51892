package dev.alig.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.benchmark.contender.Contender;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.series.Series;

class ReportFilesTest {
  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsRead() throws IOException {
    Report report = Samples.report();
    ReportFiles.write(report, folder);
    assertThat(ReportFiles.read(folder)).isEqualTo(report);
  }

  @Test
  void otherReadersFindQuartilesAndRatios() throws IOException {
    ReportFiles.write(Samples.report(), folder);
    JsonNode json = new JsonMapper().readTree(folder.resolve("benchmark.json").toFile());
    JsonNode race = json.at("/runs/0/races/0");
    assertThat(race.at("/timings/1/contender").asText()).isEqualTo("ours");
    assertThat(race.at("/timings/1/quartiles/median").asDouble()).isEqualTo(2);
    JsonNode ratio = race.path("ratios").path("torch / ours on ND4J");
    assertThat(ratio.path("q1").asDouble()).isEqualTo(35);
    assertThat(ratio.path("median").asDouble()).isEqualTo(40);
    assertThat(ratio.path("q3").asDouble()).isEqualTo(65);
    assertThat(json.at("/bridges/0/crossings/0/crossingRatio/median").asDouble()).isEqualTo(20);
    assertThat(json.at("/machine/cpu").asText()).isEqualTo("Some CPU");
    assertThat(json.at("/loadAfter").asDouble()).isEqualTo(1.5);
  }

  @Test
  void theMarkdownHasWhatWasMeasuredAndWhere() throws IOException {
    ReportFiles.write(Samples.report(), folder);
    assertThat(Files.readString(folder.resolve("benchmark.md")))
        .startsWith("Some CPU, 2 cores, Linux 6 amd64; torch 2.15.0, ND4J 1.0, TensorFlow 2.18.0;")
        .contains("2026-11-25T10:00:00Z. Load average 0.3 at the start, 1.5 at the end.")
        .contains("`ci/benchmark --rounds 3`")
        .contains("**JDK 25, 2 threads, float, standard momentum**")
        .contains("| median (quartiles) | 1,000 | 1,000,000 |\n| --- | ---: | ---: |\n")
        .contains("| ours on ND4J, µs a step | 2.00 | 2,000 |\n")
        .contains("| torch / ours on ND4J | 40.0 (35.0–65.0) | 40.0 (35.0–65.0) |\n")
        .contains("| ours on ND4J / probe | 1.00 (0.75–1.50) | 1.00 (0.75–1.50) |\n")
        .contains("**JDK 25, 2 threads, float, standard momentum, with projection**")
        .contains("| median (quartiles) | 1,000 |\n")
        .contains("**JDK 25, 2 threads, double, adjusted momentum, with projection**")
        .contains("Kernel: vector: something. Probe: some loops.")
        .contains("| in process: conversion | 20.0 (20.0–20.0) |\n")
        .contains("| over pipes: torch | 180 (180–180) |\n")
        .contains("| step, pipes / in process | 6.00 (6.00–6.00) |\n")
        .contains("Compared steps a second, judge included: 2,200 (2,100–2,300).\n")
        .doesNotContain("TF floor");
  }

  @Test
  void aBusyMachineIsSaidToHaveBeenBusy() {
    Report quiet = Samples.report();
    Report busy =
        new Report(
            quiet.date(), quiet.command(), quiet.machine(), 1.1, 0, quiet.runs(), quiet.bridges());
    assertThat(Markdown.of(quiet)).doesNotContain("busy");
    assertThat(Terminal.of(quiet)).isEmpty();
    assertThat(Markdown.of(busy)).contains("**The machine was busy: these figures flatter");
    assertThat(Terminal.of(busy)).startsWith("The machine was busy");
  }

  @Test
  void thePlotHasALineForEachContenderOfTheBaseSetting() {
    XYChart chart = Plot.chart(Samples.run());
    assertThat(chart.getTitle()).isEqualTo("JDK 25, 2 threads, float, standard momentum");
    assertThat(chart.getSeriesMap().values())
        .extracting(Series::getName)
        .containsExactly(Contender.TORCH.label(), Contender.OURS.label(), Contender.PROBE.label());
    assertThat(chart.getSeriesMap().values())
        .allSatisfy(line -> assertThat(line.getXData()).containsExactly(1000, 1_000_000))
        .anySatisfy(line -> assertThat(line.getYData()).containsExactly(2, 2000));
  }

  @Test
  void thePlotIsAPicture() throws IOException {
    Report three = Samples.report().with(Samples.run(), 1).with(Samples.run(), 1);
    assertThat(ReportFiles.write(three, folder)).isEmpty();
    BufferedImage image = ImageIO.read(folder.resolve("benchmark.png").toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(3 * 560);
  }

  @Test
  void theTerminalShowsTimesAndRatios() {
    assertThat(Terminal.of(Samples.run()))
        .startsWith("JDK 25, 2 threads: vector: something")
        .containsPattern("torch +90.0 +90,000 ")
        .containsPattern("torch / ours on ND4J +40.0 \\(35.0–65.0\\)");
    assertThat(Terminal.of(Samples.bridge()))
        .containsPattern("crossing, pipes / in process +20.0 \\(20.0–20.0\\)");
  }
}
