package dev.alig.experiments.compare;

import dev.alig.experiments.run.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ci/compare}: trains one network with each optimizer and rate, and tabulates the results.
 */
@Command(
    name = "ci/compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Trains one network on images by ALI-G, and by Deeplearning4j's Nesterovs and Adam at"
            + " five rates each.",
    footer = {
      "",
      "Leaves comparison.json, comparison.md and comparison.png in the folder of --out."
    })
public final class Compare implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  private final PrintStream out;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description =
          "The folder of train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte"
              + " and t10k-labels-idx1-ubyte, plain or .gz; Debian's package"
              + " dataset-fashion-mnist has them.")
  private Path data = Path.of("");

  @Option(names = "--name", description = "What the images are called (default: Fashion-MNIST).")
  private String name = "Fashion-MNIST";

  @Option(names = "--epochs", paramLabel = "N", description = "How many epochs (default: 10).")
  private int epochs = 10;

  @Option(names = "--out", paramLabel = "DIR", description = "Where the results go.")
  private Path folder = Path.of("java-impl", "experiments", "target", "comparison");

  private Compare(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, arguments));
  }

  /** Runs the command and returns its status, which is 2 if the data cannot be read. */
  static int run(PrintStream out, String... arguments) {
    return new CommandLine(new Compare(out)).execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    if (epochs < 1) {
      System.err.println("ci/compare: --epochs must be >= 1, was " + epochs);
      return BAD_INPUT;
    }
    Images train;
    Images test;
    try {
      train = Images.read(data, "train");
      test = Images.read(data, "t10k");
    } catch (IOException e) {
      System.err.println("ci/compare: " + e.getMessage());
      return BAD_INPUT;
    }
    Machine here = Machine.here(Machine.nd4j());
    Report report = new Report(name, here.date(), here.describe(), train(train, test));
    report.write(folder);
    out.println(report.table());
    out.println("results: " + folder.toAbsolutePath());
    return 0;
  }

  /**
   * Trains all in turn, epoch by epoch, so that other load on the machine slows all of them alike.
   */
  private List<Result> train(Images train, Images test) {
    List<Entry> entries = new ArrayList<>();
    for (Method method : Method.values()) {
      for (double rate : method.rates()) {
        entries.add(new Entry(method, rate, new Training(method, rate, train, test)));
      }
    }
    for (int epoch = 1; epoch <= epochs; epoch++) {
      for (Entry entry : entries) {
        entry.training.runEpoch();
        show(epoch, entry);
      }
    }
    return entries.stream()
        .map(entry -> new Result(entry.method.label(), entry.rate, entry.training.epochs()))
        .toList();
  }

  private void show(int epoch, Entry entry) {
    Epoch last = entry.training.epochs().get(epoch - 1);
    out.printf(
        Locale.ROOT,
        "epoch %2d/%d  %-9s %-7s  loss %.4f  accuracy %.4f  %.2f s%n",
        epoch,
        epochs,
        entry.method.label(),
        entry.rate,
        last.loss(),
        last.accuracy(),
        last.seconds());
  }

  private record Entry(Method method, double rate, Training training) {}
}
