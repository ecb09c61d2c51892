package dev.alig.experiments.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;

/** Draws charts: every metric of a run by epoch, and the final loss of all runs by rate. */
final class Curves {
  private static final int DECADE = 10;

  private Curves() {}

  /** A point of a curve. */
  private record Point(double x, double y) {}

  /** Draws one chart per metric. */
  static void write(Result result, Path file) throws IOException {
    List<Progress.Epoch> epochs = result.progress().epochs();
    Set<String> names = new LinkedHashSet<>();
    epochs.forEach(epoch -> names.addAll(epoch.training().keySet()));
    List<XYChart> charts = new ArrayList<>();
    for (String name : names) {
      XYChart chart = Charts.empty(name.replace('_', ' '), "epoch");
      add(chart, "training", points(epochs, name, Progress.Epoch::training));
      add(chart, "validation", points(epochs, name, Progress.Epoch::validation));
      charts.add(chart);
    }
    save(charts, file);
  }

  private static List<Point> points(
      List<Progress.Epoch> epochs,
      String name,
      java.util.function.Function<Progress.Epoch, Map<String, Double>> part) {
    return epochs.stream()
        .map(e -> new Point(e.number(), part.apply(e).getOrDefault(name, Double.NaN)))
        .toList();
  }

  /**
   * Draws the final loss by rate, with one curve per optimizer. A point is the mean over the seeds.
   * A run without a cap is drawn one decade to the right of the largest rate.
   */
  static void writeByRate(List<Result> results, Path file) throws IOException {
    double largest =
        results.stream()
            .mapToDouble(result -> result.identity().rate())
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    XYChart chart =
        Charts.empty("final loss", "learning rate; for ALI-G its cap, rightmost without one");
    chart.getStyler().setXAxisLogarithmic(true);
    Map<String, List<Result>> byOptimizer =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.identity().optimizer(), TreeMap::new, Collectors.toList()));
    byOptimizer.forEach(
        (optimizer, own) -> {
          Map<Double, Double> means =
              own.stream()
                  .collect(
                      Collectors.groupingBy(
                          r -> Math.min(r.identity().rate(), largest * DECADE),
                          TreeMap::new,
                          Collectors.averagingDouble(Result::finalLoss)));
          add(
              chart,
              optimizer,
              means.entrySet().stream().map(e -> new Point(e.getKey(), e.getValue())).toList());
        });
    save(List.of(chart), file);
  }

  /** Adds a curve, and leaves out points that are not finite. */
  private static void add(XYChart chart, String name, List<Point> points) {
    List<Point> drawn =
        points.stream()
            .filter(point -> Double.isFinite(point.y))
            .sorted(Comparator.comparingDouble(Point::x))
            .toList();
    if (!drawn.isEmpty()) {
      chart.addSeries(
          name, drawn.stream().map(Point::x).toList(), drawn.stream().map(Point::y).toList());
    }
  }

  private static void save(List<XYChart> all, Path file) throws IOException {
    List<XYChart> charts = all.stream().filter(chart -> !chart.getSeriesMap().isEmpty()).toList();
    if (charts.isEmpty()) {
      return;
    }
    for (XYChart chart : charts) {
      boolean positive =
          chart.getSeriesMap().values().stream().allMatch(series -> series.getYMin() > 0);
      chart.getStyler().setYAxisLogarithmic(positive);
    }
    Charts.save(charts, file);
  }
}
