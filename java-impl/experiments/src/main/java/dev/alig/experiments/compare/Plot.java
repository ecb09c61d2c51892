package dev.alig.experiments.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Two charts: the training loss of each optimizer's best rate, and the accuracy of every rate. */
final class Plot {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 460;

  private Plot() {}

  static void write(Report report, Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    List<XYChart> charts = List.of(losses(report), sensitivity(report));
    BitmapEncoder.saveBitmap(charts, 1, charts.size(), file.toString(), BitmapFormat.PNG);
  }

  static XYChart losses(Report report) {
    XYChart chart = chart(report.data() + ": each at its best rate", "epoch", "training loss");
    chart.getStyler().setYAxisLogarithmic(true);
    for (Method method : Method.values()) {
      Result best = report.best(method);
      List<Double> losses = best.epochs().stream().map(Epoch::loss).toList();
      chart.addSeries(
          method.label() + ", " + best.rate(),
          IntStream.rangeClosed(1, losses.size()).boxed().toList(),
          losses);
    }
    return chart;
  }

  static XYChart sensitivity(Report report) {
    XYChart chart = chart(report.data() + ": every rate", "learning rate, or its cap", "accuracy");
    chart.getStyler().setXAxisLogarithmic(true);
    for (Method method : Method.values()) {
      List<Result> results = report.of(method);
      chart.addSeries(
          method.label(),
          results.stream().map(Result::rate).toList(),
          results.stream().map(result -> result.last().accuracy()).toList());
    }
    return chart;
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    return chart;
  }
}
