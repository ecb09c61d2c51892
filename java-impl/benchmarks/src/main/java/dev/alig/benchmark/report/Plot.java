package dev.alig.benchmark.report;

import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Setting;
import dev.alig.benchmark.race.RaceResult;
import dev.alig.benchmark.race.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** µs a step over the number of parameters, a chart for each run. */
final class Plot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;
  private static final int COLUMNS = 2;

  private Plot() {}

  /** Writes the charts as a PNG. */
  static void write(Report report, Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    List<XYChart> charts = report.runs().stream().map(Plot::chart).toList();
    if (charts.isEmpty()) {
      return;
    }
    int columns = Math.min(COLUMNS, charts.size());
    int rows = (charts.size() + columns - 1) / columns;
    BitmapEncoder.saveBitmap(charts, rows, columns, file.toString(), BitmapFormat.PNG);
  }

  static XYChart chart(Run run) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(run.title() + ", float, standard momentum")
            .xAxisTitle("parameters")
            .yAxisTitle("µs a step, median")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    for (Contender contender : Contender.values()) {
      add(chart, run, contender);
    }
    return chart;
  }

  private static void add(XYChart chart, Run run, Contender contender) {
    List<Double> sizes = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    for (RaceResult race : run.races()) {
      Setting setting = race.setting();
      Optional<Timing> timing = race.of(contender);
      if (setting.equals(Setting.base(setting.n())) && timing.isPresent()) {
        sizes.add((double) setting.n());
        medians.add(Quartiles.of(timing.get().micros()).median());
      }
    }
    if (!sizes.isEmpty()) {
      chart.addSeries(contender.label(), sizes, medians);
    }
  }
}
