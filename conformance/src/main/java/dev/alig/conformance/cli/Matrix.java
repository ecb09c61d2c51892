package dev.alig.conformance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.matrix.Machine;
import dev.alig.conformance.matrix.MatrixFile;
import dev.alig.conformance.matrix.MatrixReport;
import dev.alig.conformance.matrix.Row;
import dev.alig.conformance.matrix.RowResult;
import dev.alig.conformance.matrix.RowRun;
import dev.alig.conformance.oracle.Device;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ci/matrix}: runs the gate in many circumstances, one row after the other. */
@Command(
    name = "ci/matrix",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    version = "alig-conformance 0.1.0",
    description = "Runs rows of ci/matrix.yaml on this machine.",
    footer = {
      "",
      "Exit status: 0 all rows that ran conform; 1 a row differs; 2 one could not be completed, or"
          + " none ran.",
      "A row whose needs this machine does not meet is \"not run\", with the reason.",
      "DIR has matrix.json, matrix.md, and for each row its output and its report."
    })
public final class Matrix implements Callable<Integer> {
  /** The top of the source tree, which the script knows. */
  private static final Path ROOT = Path.of(System.getProperty("alig.root", "")).toAbsolutePath();

  private final PrintStream out;

  @Parameters(paramLabel = "ROW", description = "A row to run (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "Print the rows and what this machine lacks for each.")
  private boolean list;

  @Option(names = "--json", description = "Print the rows as the matrix of a hosted workflow.")
  private boolean json;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Only rows whose oracle computes there: cpu or cuda.")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--unscheduled",
      description = "Without the rows that a hosted workflow runs on a schedule only.")
  private boolean unscheduled;

  @Mixin private CaseOptions cases = new CaseOptions();

  @Option(names = "--out", paramLabel = "DIR", description = "The folder of the results.")
  private Path folder = ROOT.resolve(Path.of("conformance", "target", "matrix"));

  @Option(names = "--rows", paramLabel = "FILE", description = "Another list of rows.")
  private Path file = ROOT.resolve(Path.of("ci", "matrix.yaml"));

  private Matrix(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, arguments));
  }

  /** Runs the command and returns its status. */
  static int run(PrintStream out, String... arguments) {
    return new CommandLine(new Matrix(out))
        .setExecutionExceptionHandler(Complaint::say)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    cases.check();
    List<Row> rows = chosen(MatrixFile.read(file));
    if (json) {
      out.println(asJson(rows));
      return 0;
    }
    Machine machine = Machine.here(rows);
    if (list) {
      rows.forEach(row -> out.println(line(row, machine)));
      return 0;
    }
    return run(rows, machine);
  }

  private List<Row> chosen(List<Row> all) {
    List<String> known = all.stream().map(Row::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "no row is named %s; there are %s".formatted(name, known));
      }
    }
    Optional<Device> wanted = device.map(Device::of);
    return all.stream()
        .filter(row -> names.isEmpty() || names.contains(row.name()))
        .filter(row -> wanted.isEmpty() || wanted.get() == row.device())
        .filter(row -> !(unscheduled && row.scheduled()))
        .toList();
  }

  private static String asJson(List<Row> rows) {
    try {
      return new JsonMapper().writeValueAsString(Map.of("include", rows));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the rows cannot be written as JSON", e);
    }
  }

  private static String line(Row row, Machine machine) {
    String lacking = machine.lacks(row).map(why -> " [not here: %s]".formatted(why)).orElse("");
    return "%-22s %s%s".formatted(row.name(), row.about(), lacking);
  }

  private int run(List<Row> rows, Machine machine) throws IOException {
    Path results = folder.toAbsolutePath();
    RowRun runner = new RowRun(machine, ROOT, results, gateArguments());
    List<RowResult> done = new ArrayList<>();
    MatrixReport report = new MatrixReport(done);
    report.write(results);
    for (Row row : rows) {
      if (machine.lacks(row).isEmpty()) {
        out.printf("%s: running, see %s%n", row.name(), runner.folder(row).resolve("output.log"));
        out.flush();
      }
      RowResult result = runner.run(row);
      done.add(result);
      out.printf("%s: %s%n", row.name(), result.outcome().words());
      out.flush();
      // Written anew after every row, so that an interrupted run leaves what it knows.
      report = new MatrixReport(done);
      report.write(results);
    }
    out.printf("%n%s%n", report.table());
    out.println("results: " + results.resolve("matrix.md"));
    return report.exitStatus();
  }

  private List<String> gateArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--tries", Integer.toString(cases.tries())));
    arguments.addAll(List.of("--seed", Long.toString(cases.seed())));
    cases.only().forEach(requirement -> arguments.addAll(List.of("--only", requirement)));
    return arguments;
  }
}
