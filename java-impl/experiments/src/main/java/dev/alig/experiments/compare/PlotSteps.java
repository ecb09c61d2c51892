package dev.alig.experiments.compare;

import dev.alig.experiments.run.Charts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ci/plot-steps}: draws the log that a {@code CsvStepLog} has written. */
@Command(
    name = "ci/plot-steps",
    mixinStandardHelpOptions = true,
    description =
        "Draws loss, step sizes, norm of the gradients and, where it was logged, norm of the"
            + " parameters, step by step.")
public final class PlotSteps implements Callable<Integer> {
  private static final int BAD_INPUT = 2;
  private static final int LABELS = 8;

  private final PrintStream out;

  @Parameters(paramLabel = "LOG.csv", description = "The file of a CsvStepLog.")
  private Path log = Path.of("");

  @Option(names = "--out", paramLabel = "FILE.png", description = "The picture (default: LOG.png).")
  private Optional<Path> picture = Optional.empty();

  private PlotSteps(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, arguments));
  }

  /** Runs the command and returns its status, which is 2 if the log cannot be read. */
  static int run(PrintStream out, String... arguments) {
    return new CommandLine(new PlotSteps(out)).execute(arguments);
  }

  @Override
  public Integer call() {
    try {
      Path file = picture.orElseGet(() -> beside(log));
      List<XYChart> charts = charts(StepLog.read(log));
      if (charts.isEmpty()) {
        throw new IOException(log + " has no number that can be drawn; all are zero or not finite");
      }
      Charts.save(charts, file);
      out.println("picture: " + file.toAbsolutePath());
      return 0;
    } catch (IOException e) {
      System.err.println("ci/plot-steps: " + e.getMessage());
      return BAD_INPUT;
    }
  }

  private static Path beside(Path log) {
    String name = String.valueOf(log.getFileName());
    int dot = name.lastIndexOf('.');
    return log.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".png");
  }

  static List<XYChart> charts(StepLog log) {
    List<String> sizes = new ArrayList<>(List.of(StepLog.UNCLIPPED));
    sizes.addAll(log.named("step_size_"));
    List<XYChart> charts = new ArrayList<>();
    charts.add(chart("loss", log, List.of(StepLog.LOSS)));
    charts.add(chart("step size", log, sizes));
    charts.add(chart("norm of the gradients", log, List.of(StepLog.GRADIENT_NORM)));
    List<String> norm = log.named(StepLog.PARAMETER_NORM);
    if (!norm.isEmpty()) {
      charts.add(chart("norm of the parameters", log, norm));
    }
    charts.removeIf(chart -> chart.getSeriesMap().isEmpty());
    return charts;
  }

  private static XYChart chart(String title, StepLog log, List<String> names) {
    XYChart chart = Charts.empty(title, "step");
    boolean logarithmic = isPositive(log, names) && !names.contains(StepLog.PARAMETER_NORM);
    chart.getStyler().setYAxisLogarithmic(logarithmic);
    chart.getStyler().setXAxisMaxLabelCount(LABELS).setLegendVisible(names.size() > 1);
    for (String name : names) {
      add(chart, name, log.column(name), logarithmic);
    }
    return chart;
  }

  /** Whether no number is negative, so that the axis can be logarithmic. */
  private static boolean isPositive(StepLog log, List<String> names) {
    return names.stream()
        .flatMapToDouble(name -> Arrays.stream(log.column(name)))
        .noneMatch(x -> x < 0);
  }

  /** Adds a curve, and leaves out NaN, infinities, and zeros on a logarithmic axis. */
  private static void add(XYChart chart, String name, double[] values, boolean logarithmic) {
    List<Integer> steps =
        IntStream.range(0, values.length)
            .filter(k -> Double.isFinite(values[k]) && !(logarithmic && values[k] == 0))
            .boxed()
            .toList();
    if (!steps.isEmpty()) {
      List<Double> drawn = steps.stream().map(k -> values[k]).toList();
      chart
          .addSeries(name, steps.stream().map(k -> k + 1).toList(), drawn)
          .setMarker(SeriesMarkers.NONE);
    }
  }
}
