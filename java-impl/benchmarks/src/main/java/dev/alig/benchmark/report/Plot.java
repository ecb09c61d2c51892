package dev.alig.benchmark.report;

import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Setting;
import dev.alig.benchmark.race.RaceResult;
import dev.alig.benchmark.race.Timing;
import java.awt.Color;
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

  /**
   * Writes the charts as a PNG.
   *
   * @return why there is none, on a machine without fonts or without Java's desktop module
   */
  static Optional<String> write(Report report, Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    try {
      List<XYChart> charts = report.runs().stream().map(Plot::chart).toList();
      // XChart wants a chart in every place.
      int columns = charts.size() % COLUMNS == 0 ? COLUMNS : 1;
      int rows = charts.size() / columns;
      BitmapEncoder.saveBitmap(charts, rows, columns, file.toString(), BitmapFormat.PNG);
      return Optional.empty();
    } catch (LinkageError | InternalError e) {
      return Optional.of("no plot: this JVM cannot draw text (" + e + "); install fontconfig");
    }
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
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
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
        medians.add(timing.get().quartiles().median());
      }
    }
    if (!sizes.isEmpty()) {
      chart.addSeries(contender.label(), sizes, medians);
    }
  }
}
