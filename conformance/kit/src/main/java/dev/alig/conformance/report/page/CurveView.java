package dev.alig.conformance.report.page;

import dev.alig.conformance.trained.CurveFile;
import dev.alig.conformance.trained.CurvePoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A small drawing of a curve of a trained case.
 *
 * @param points the points of the line
 * @param first the value at its start
 * @param last the value at its end
 */
record CurveView(String name, String points, String first, String last) {
  private static final int WIDTH = 120;
  private static final int HEIGHT = 28;
  private static final int MARGIN = 2;
  private static final int POINTS = 60;

  /** The logarithm of the loss, and the distance of the weights in parts of the allowed one. */
  static List<CurveView> of(Path file) {
    List<CurvePoint> curve = CurveFile.read(file);
    List<CurveView> views = new ArrayList<>();
    add(views, "loss (logarithmic)", curve, point -> Math.log10(point.loss()), CurvePoint::loss);
    ToDoubleFunction<CurvePoint> used = point -> point.distance() / point.distanceAllowed();
    add(views, "weights apart, of what is allowed", curve, used, used);
    return views;
  }

  private static void add(
      List<CurveView> views,
      String name,
      List<CurvePoint> curve,
      ToDoubleFunction<CurvePoint> height,
      ToDoubleFunction<CurvePoint> shown) {
    List<CurvePoint> drawn =
        curve.stream().filter(point -> Double.isFinite(height.applyAsDouble(point))).toList();
    if (drawn.size() > 1) {
      views.add(
          new CurveView(
              name,
              line(drawn, height),
              Words.small(shown.applyAsDouble(drawn.get(0))),
              Words.small(shown.applyAsDouble(drawn.get(drawn.size() - 1)))));
    }
  }

  private static String line(List<CurvePoint> curve, ToDoubleFunction<CurvePoint> height) {
    double low = curve.stream().mapToDouble(height).min().orElseThrow();
    double high = curve.stream().mapToDouble(height).max().orElseThrow();
    double range = high > low ? high - low : 1;
    int every = Math.max(1, curve.size() / POINTS);
    StringBuilder points = new StringBuilder();
    for (int k = 0; k < curve.size(); k += every) {
      double x = MARGIN + (double) (WIDTH - 2 * MARGIN) * k / (curve.size() - 1);
      double part = (height.applyAsDouble(curve.get(k)) - low) / range;
      double y = HEIGHT - MARGIN - part * (HEIGHT - 2 * MARGIN);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    return points.toString().strip();
  }
}
