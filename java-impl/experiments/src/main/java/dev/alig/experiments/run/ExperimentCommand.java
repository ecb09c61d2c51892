package dev.alig.experiments.run;

import dev.alig.experiments.Backend;
import dev.alig.experiments.Experiment;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Options;
import dev.alig.experiments.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ci/experiment}: runs the rows of an experiment, one after the other. */
@Command(
    name = "ci/experiment",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs an experiment of the paper, row by row, and tabulates what came out.",
    footer = {
      "",
      "Each run leaves steps.csv, epochs.csv, result.json, curves.png and checkpoint.zip in a"
          + " folder of its own in --out; results.md and results.png there are of all runs."
          + " ci/experiment report DIR... prints one page over many such folders."
    })
public final class ExperimentCommand implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  private final PrintStream out;
  private final List<Experiment<?>> experiments;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Which experiment; --list without a name lists them.")
  private String name = "";

  @Option(names = "--data", paramLabel = "DIR", description = "The folder of the data.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--row",
      paramLabel = "N",
      description = "Which row, as --list numbers them; may be given again (default: all).")
  private List<Integer> rows = new ArrayList<>();

  @Option(
      names = "--optimizer",
      paramLabel = "O",
      description = "Only the rows of this optimizer, such as alig; may be given again.")
  private List<String> optimizers = new ArrayList<>();

  @Option(
      names = "--backend",
      paramLabel = "dl4j|tensorflow",
      description = "The framework to train in (default: the experiment's first).")
  private Optional<String> backend = Optional.empty();

  @Option(names = "--seed", paramLabel = "S", description = "The seed (default: 1).")
  private long seed = 1;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How many epochs (default: the row's).")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "How many steps, in dnc only (default: the row's).")
  private Optional<Integer> steps = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only the first N examples of each part of the data (default: all).")
  private Optional<Integer> limit = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads the framework may use (default: 1).")
  private int threads = 1;

  @Option(names = "--out", paramLabel = "DIR", description = "Where the runs go.")
  private Path folder = Path.of("java-impl", "experiments", "target", "experiments");

  @Option(names = "--resume", description = "Go on with runs that have begun.")
  private boolean resume;

  @Option(names = "--list", description = "List the rows, and train nothing.")
  private boolean list;

  @Option(
      names = "--dry-run",
      description =
          "Read the data, build the model, take three steps, say how long a run would take.")
  private boolean dryRun;

  private ExperimentCommand(PrintStream out, List<Experiment<?>> experiments) {
    this.out = out;
    this.experiments = experiments;
  }

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    List<Experiment<?>> all = new ArrayList<>();
    ServiceLoader.load(Experiment.class).forEach(all::add);
    System.exit(run(System.out, all, arguments));
  }

  /** Runs the command and returns its status, which is 2 if it cannot use its input. */
  static int run(PrintStream out, List<Experiment<?>> experiments, String... arguments) {
    return new CommandLine(new ExperimentCommand(out, experiments)).execute(arguments);
  }

  @Override
  public Integer call() {
    return answering(
        () -> {
          if (name.isEmpty() && list) {
            experiments.forEach(e -> out.printf("%-12s %s%n", e.name(), e.description()));
          } else {
            runNamed(named());
          }
        });
  }

  /** What a command does. */
  private interface Work {
    void run() throws IOException;
  }

  /** Does the work and returns the status; what cannot be used is said on one line. */
  private static int answering(Work work) {
    try {
      work.run();
      return 0;
    } catch (InputException | IllegalArgumentException e) {
      System.err.println("ci/experiment: " + e.getMessage());
      return BAD_INPUT;
    } catch (UncheckedIOException e) {
      // A file that is read during training.
      System.err.println("ci/experiment: " + e.getMessage());
      return BAD_INPUT;
    } catch (IOException e) {
      System.err.println("ci/experiment: cannot read or write " + e.getMessage());
      return BAD_INPUT;
    }
  }

  @Command(
      name = "report",
      mixinStandardHelpOptions = true,
      description = "Prints one page over the runs of many folders, in Markdown.")
  int report(
      @Parameters(
              arity = "1..*",
              paramLabel = "DIR",
              description = "What was --out when the runs were made.")
          List<Path> folders) {
    return answering(() -> out.print(new Overview(experiments, folders).markdown()));
  }

  private Experiment<?> named() throws InputException {
    String names = String.join(", ", experiments.stream().map(Experiment::name).toList());
    if (name.isEmpty()) {
      throw new InputException(
          "say which experiment: %s; --list shows what they are".formatted(names));
    }
    return experiments.stream()
        .filter(experiment -> experiment.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "no experiment is named \"%s\"; there are %s".formatted(name, names)));
  }

  /** A row with its number. */
  private record Numbered<R extends Row>(int number, R row) {}

  private <R extends Row> void runNamed(Experiment<R> experiment) throws IOException {
    List<Numbered<R>> chosen = chosen(RowFile.read(experiment));
    Options options = options(experiment);
    if (list) {
      chosen.forEach(this::show);
    } else if (dryRun) {
      for (Numbered<R> each : chosen) {
        Identity identity = Identity.of(experiment, each.number, each.row, options);
        DryRun.of(experiment, each.row, identity, options, out);
      }
    } else {
      train(experiment, chosen, options);
    }
  }

  private <R extends Row> List<Numbered<R>> chosen(List<R> all) throws InputException {
    for (int number : rows) {
      if (number < 1 || number > all.size()) {
        throw new InputException(
            "--row must be from 1 to %d, was %d; --list shows the rows"
                .formatted(all.size(), number));
      }
    }
    List<String> known = all.stream().map(Row::optimizer).distinct().toList();
    for (String optimizer : optimizers) {
      if (!known.contains(optimizer)) {
        throw new InputException(
            "no row has the optimizer \"%s\"; there are %s"
                .formatted(optimizer, String.join(", ", known)));
      }
    }
    List<Numbered<R>> chosen = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      R row = all.get(i);
      if ((rows.isEmpty() || rows.contains(i + 1))
          && (optimizers.isEmpty() || optimizers.contains(row.optimizer()))) {
        chosen.add(new Numbered<>(i + 1, row));
      }
    }
    if (chosen.isEmpty()) {
      throw new InputException(
          "none of the rows %s has the optimizer %s".formatted(rows, optimizers));
    }
    return chosen;
  }

  private Options options(Experiment<?> experiment) throws InputException {
    List<String> known = experiment.backends().stream().map(Backend::toString).toList();
    String wanted = backend.orElse(known.get(0));
    if (!known.contains(wanted)) {
      throw new InputException(
          "%s cannot be trained in \"%s\"; --backend can be %s"
              .formatted(experiment.name(), wanted, String.join(" or ", known)));
    }
    return new Options(
        data,
        experiment.backends().get(known.indexOf(wanted)),
        seed,
        number(epochs),
        number(steps),
        number(limit),
        threads);
  }

  private static OptionalInt number(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  private void show(Numbered<?> each) {
    Row row = each.row;
    out.printf(
        "%3d  %-8s %-6s  %s  (%s)%s%n",
        each.number,
        row.optimizer(),
        Result.rate(row.rate()),
        row.title(),
        row.source(),
        row.published().isEmpty() ? "" : "  published: " + Result.values(row.published()));
  }

  private <R extends Row> void train(
      Experiment<R> experiment, List<Numbered<R>> chosen, Options options) throws IOException {
    Files.createDirectories(folder);
    List<Run<R>> runs = new ArrayList<>();
    for (Numbered<R> each : chosen) {
      Identity identity = Identity.of(experiment, each.number, each.row, options);
      runs.add(new Run<>(experiment, each.row, identity, options, folder));
    }
    // Check all runs before the first begins, because it may take days.
    for (Run<R> run : runs) {
      run.requireReady(resume);
    }
    ProgressLines lines = new ProgressLines(out);
    for (Run<R> run : runs) {
      run.train(resume, lines);
      Table.write(folder, Table.read(folder, experiment.name()));
    }
    out.println(Table.markdown(Table.read(folder, experiment.name())));
    out.println("results: " + folder.toAbsolutePath());
  }
}
