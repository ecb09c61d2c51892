package dev.alig.conformance.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.oracle.Device;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.python.EnvironmentException;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs rows on this machine, each in a process of its own, as a user would from a shell.
 *
 * @param machine this machine
 * @param root the top of the source tree
 * @param out the folder that receives one for each row, with its output and its report
 * @param gateArguments what {@code ci/conform} is given beside what the row says
 */
public record RowRun(Machine machine, Path root, Path out, List<String> gateArguments) {
  /** Random cases of a replay beside the recorded ones. */
  private static final int RANDOM_CASES = 500;

  private static final Path TRACES =
      Path.of("conformance/src/main/resources/dev/alig/conformance/traces/alig-th.jsonl");

  private static final String NOT_RUN = "not run: ";

  /** Copies the list. */
  public RowRun {
    gateArguments = List.copyOf(gateArguments);
  }

  /** Runs a row, or says why it cannot be. */
  public RowResult run(Row row) throws IOException {
    Optional<String> lacking = machine.lacks(row);
    if (lacking.isPresent()) {
      return new RowResult(row, new Outcome.NotRun(lacking.get()), 0, Optional.empty());
    }
    long start = System.nanoTime();
    Files.createDirectories(folder(row));
    Files.deleteIfExists(report(row));
    Outcome outcome = outcome(row);
    return new RowResult(row, outcome, (System.nanoTime() - start) / 1e9, facts(row));
  }

  /** Where a row's output and report go. */
  public Path folder(Row row) {
    return out.resolve(row.name());
  }

  private Path log(Row row) {
    return folder(row).resolve("output.log");
  }

  private Path report(Row row) {
    return folder(row).resolve("report.json");
  }

  private Outcome outcome(Row row) throws IOException {
    String torch;
    try {
      torch = row.torch().equals(Row.NEWEST) ? newestTorch(row) : row.torch();
    } catch (EnvironmentException e) {
      return new Outcome.Broken(e.what().lines().findFirst().orElse(""));
    }
    ProcessBuilder builder =
        new ProcessBuilder(row.runs() == Row.Runs.CONFORM ? gate(row, torch) : replay(row, torch));
    builder.directory(root.toFile()).redirectErrorStream(true).redirectOutput(log(row).toFile());
    set(builder.environment(), row);
    Process process = builder.start();
    process.getOutputStream().close();
    int status = Command.await(process);
    return outcome(status, Files.readString(log(row), StandardCharsets.UTF_8));
  }

  /** What a run's exit status and output mean. */
  static Outcome outcome(int status, String output) {
    if (status == 0) {
      return new Outcome.Conforms();
    }
    if (status == 1) {
      return new Outcome.Differs();
    }
    String reason = reason(output.lines().map(String::strip).filter(l -> !l.isEmpty()).toList());
    int lacking = reason.indexOf(NOT_RUN);
    return lacking < 0
        ? new Outcome.Broken(reason)
        : new Outcome.NotRun(reason.substring(lacking + NOT_RUN.length()));
  }

  /** The line below the verdict, or else the last one. */
  private static String reason(List<String> lines) {
    int verdict = lines.indexOf("verdict: broken");
    if (verdict >= 0 && verdict + 1 < lines.size()) {
      return lines.get(verdict + 1);
    }
    return lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
  }

  private void set(Map<String, String> variables, Row row) {
    if (row.runs() == Row.Runs.CONFORM) {
      variables.put("JAVA_HOME", jdk(row).toString());
    }
    if (row.natives() == Row.Natives.GPU) {
      variables.put("ALIG_PROFILE", "gpu");
    }
    if (row.device() == Device.CUDA) {
      machine
          .gpus()
          .fitting(row)
          .ifPresent(gpu -> variables.putIfAbsent("CUDA_VISIBLE_DEVICES", gpu.uuid()));
    }
    variables.putAll(row.variables());
  }

  private Path jdk(Row row) {
    return Objects.requireNonNull(machine.jdks().get(row.jdk()), "the row's JDK");
  }

  private String python(Row row) {
    return Objects.requireNonNull(machine.pythons().get(row.python()), "the row's Python");
  }

  private List<String> gate(Row row, String torch) {
    List<String> command = new ArrayList<>(List.of("sh", root.resolve("ci/conform").toString()));
    row.subjects().forEach(subject -> command.addAll(List.of("--subject", subject)));
    command.addAll(List.of("--python", python(row)));
    if (!torch.equals(Row.PINNED)) {
      command.addAll(List.of("--torch", torch));
    }
    command.addAll(List.of("--device", row.device().word()));
    command.addAll(List.of("--torch-threads", Integer.toString(row.threads())));
    if (!row.oneDnn()) {
      command.add("--without-onednn");
    }
    command.addAll(List.of("--out", folder(row).toString()));
    command.addAll(gateArguments);
    return command;
  }

  private List<String> replay(Row row, String torch) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dpython=" + python(row));
    if (!torch.equals(Row.PINNED)) {
      command.add("-Dtorch.version=" + torch);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.alig.python.Main", "run", "--in", root.toString()));
    command.addAll(List.of("-m", "alig_oracle", "replay", "--device", row.device().word()));
    command.addAll(List.of("--cases", Integer.toString(RANDOM_CASES), TRACES.toString()));
    return command;
  }

  private String newestTorch(Row row) {
    EnvironmentRequest request = EnvironmentRequest.fromSystem().withPython(python(row));
    return Registry.releases(request, "torch", line -> {}).get(0);
  }

  private Optional<OracleFacts> facts(Row row) throws IOException {
    if (!Files.exists(report(row))) {
      return Optional.empty();
    }
    JsonMapper json = new JsonMapper();
    JsonNode oracle = json.readTree(report(row).toFile()).path("oracle");
    return Optional.of(json.treeToValue(oracle, OracleFacts.class))
        .filter(facts -> !facts.torch().isEmpty());
  }
}
