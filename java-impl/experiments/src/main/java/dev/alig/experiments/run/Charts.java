package dev.alig.experiments.run;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Charts of one size, and pictures that hold several of them. */
public final class Charts {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 360;
  private static final int COLUMNS = 2;

  static {
    System.setProperty("java.awt.headless", "true");
  }

  private Charts() {}

  /** A chart without curves. */
  public static XYChart empty(String title, String x) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(x).build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    return chart;
  }

  /** Writes a PNG file with at least one chart: in two columns if their number is even. */
  public static void save(List<XYChart> charts, Path file) throws IOException {
    // The encoder wants every place of its grid filled.
    int columns = charts.size() % COLUMNS == 0 ? COLUMNS : 1;
    BitmapEncoder.saveBitmap(
        charts, charts.size() / columns, columns, file.toString(), BitmapFormat.PNG);
  }
}
