package dev.alig.conformance.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import dev.alig.python.PythonEnvironment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Python optimizer {@code alig.th.AliG}, called in this process through Jep.
 *
 * <p>A batch of cases is one call. The tensors lie in two direct buffers that torch reads and
 * writes in place; a JSON text says where. See {@code alig_oracle/bridge.py} for the other side.
 */
public final class TorchOracle implements Implementation {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private final PythonThread python;
  private final int handle;
  private final OracleFacts description;
  private final Algorithm algorithm;
  private final Optional<DefectivePython> defect;
  private ByteBuffer inputs = direct(1 << 16);
  private ByteBuffer outputs = direct(1 << 16);

  private TorchOracle(
      PythonThread python,
      int handle,
      OracleFacts description,
      Algorithm algorithm,
      Optional<DefectivePython> defect) {
    this.python = python;
    this.handle = handle;
    this.description = description;
    this.algorithm = algorithm;
    this.defect = defect;
  }

  /**
   * Opens the interpreter and loads an {@code alig} package, to run on one thread of the CPU.
   *
   * @param original the folder that holds the package; empty for the bundled one
   * @throws OracleException if there is no such package, or it cannot be imported
   */
  public static TorchOracle open(PythonEnvironment environment, Optional<Path> original) {
    return open(environment, original, TorchSettings.DEFAULT);
  }

  /**
   * Opens the interpreter and loads an {@code alig} package.
   *
   * @param original the folder that holds the package; empty for the bundled one
   * @throws OracleException if there is no such package or device, or it cannot be imported
   */
  public static TorchOracle open(
      PythonEnvironment environment, Optional<Path> original, TorchSettings settings) {
    return open(environment, original, Optional.empty(), settings);
  }

  /**
   * Opens the interpreter and loads a Python file with an optimizer that is not ALI-G.
   *
   * @param module a file that defines {@code Optimizer}, a class with the constructor and the
   *     attributes of {@code alig.th.AliG}; {@code alig_oracle/package.py} lists them
   * @param algorithm what its step is
   * @throws OracleException if the file cannot be imported, or lacks the class
   */
  public static TorchOracle open(PythonEnvironment environment, Path module, Algorithm algorithm) {
    return open(environment, Optional.of(module), Optional.of(algorithm), TorchSettings.DEFAULT);
  }

  private static TorchOracle open(
      PythonEnvironment environment,
      Optional<Path> place,
      Optional<Algorithm> other,
      TorchSettings settings) {
    PythonThread python = PythonThread.of(environment);
    python.load("alig_oracle", "bridge");
    String argument = place.map(path -> path.toAbsolutePath().toString()).orElse(null);
    String answer =
        python.call(
            "bridge.configure",
            argument,
            settings.threads(),
            settings.device().word(),
            settings.oneDnn());
    try {
      JsonNode node = JSON.readTree(answer);
      OracleFacts facts = JSON.treeToValue(node, OracleFacts.class);
      Algorithm algorithm = other.orElse(facts.fused() ? AliG.TORCH : AliG.UNFUSED);
      int handle = node.path("handle").intValue();
      return new TorchOracle(python, handle, facts, algorithm, Optional.empty());
    } catch (JsonProcessingException e) {
      throw new OracleException("the oracle described itself as " + answer, e);
    }
  }

  /** The defective optimizers that the same interpreter can run, a sound one first. */
  public List<DefectivePython> defects() {
    String answer = python.call("bridge.defects");
    try {
      return List.of(JSON.readValue(answer, DefectivePython[].class));
    } catch (JsonProcessingException e) {
      throw new OracleException("the bridge described its defects as " + answer, e);
    }
  }

  /** One of {@link #defects} in place of the oracle's package, in the same interpreter. */
  public Implementation with(DefectivePython defective) {
    return new TorchOracle(python, handle, description, algorithm, Optional.of(defective));
  }

  /** What the oracle consists of. */
  public OracleFacts description() {
    return description;
  }

  @Override
  public String name() {
    return defect
        .map(DefectivePython::name)
        .orElseGet(() -> label() + ", torch " + description.torch());
  }

  private String label() {
    return algorithm instanceof AliG ? "alig.th" : description.kind();
  }

  @Override
  public Algorithm algorithm() {
    return algorithm;
  }

  @Override
  public String version() {
    return description.torch();
  }

  @Override
  public String digest() {
    return description.digest();
  }

  @Override
  public Trace run(Scripted scripted) {
    return runAll(List.of(scripted)).get(0);
  }

  /**
   * Runs a batch; callers on several threads are served one after the other, since all share the
   * two buffers.
   */
  @Override
  public List<Trace> runAll(List<Scripted> cases) {
    return runAll(cases, List.of());
  }

  private synchronized List<Trace> runAll(List<Scripted> cases, List<List<Double>> given) {
    inputs = atLeast(inputs, cases.stream().mapToInt(Packing::inputBytes).sum());
    outputs = atLeast(outputs, cases.stream().mapToInt(Outputs::bytes).sum());
    String request = write(new Requests(handle, defect).of(cases, given, inputs, outputs));
    String answer = python.call("bridge.run", request, inputs, outputs);
    return new Replies(JSON).read(cases, answer, outputs);
  }

  /** A check that the way to Python and back changes nothing. */
  public BridgeCheck bridge() {
    python.load("alig_oracle", "echo");
    return new BridgeCheck(python::call, this);
  }

  /** What trains models with this oracle's package. */
  public TorchTrainer training() {
    python.load("alig_oracle", "trained");
    return new TorchTrainer(python, handle);
  }

  /**
   * Asks a package a question that no case can ask; see {@code alig_oracle/probes.py}.
   *
   * @param bundled whether to ask the bundled package in place of this one
   * @throws OracleException if there is no such probe
   */
  public JsonNode probe(String name, boolean bundled) {
    ObjectNode request = JSON.createObjectNode();
    request.put("name", name);
    request.put("bundled", bundled);
    request.put("package", handle);
    String answer = python.call("bridge.probe", write(request));
    try {
      return JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new OracleException("the probe " + name + " answered " + answer, e);
    }
  }

  /**
   * Takes the step sizes as caps that are set anew before each step, with losses that leave the
   * step to them.
   *
   * @return empty where a step took others: its denominator overflows, or the package refused it
   */
  @Override
  public Optional<Trace> runGiven(Scripted scripted, List<List<Double>> stepSizes) {
    List<Step> steps = new ArrayList<>();
    for (int k = 0; k < scripted.steps().size(); k++) {
      steps.add(scripted.steps().get(k).leftToCaps(stepSizes.get(k)));
    }
    Trace trace = runAll(List.of(scripted.withSteps(steps)), stepSizes).get(0);
    List<List<Double>> taken = trace.steps().stream().map(TracedStep::stepSizes).toList();
    return Optional.of(trace).filter(any -> taken.equals(stepSizes));
  }

  private static String write(ObjectNode request) {
    try {
      return JSON.writeValueAsString(request);
    } catch (JsonProcessingException e) {
      throw new OracleException("a request cannot be written as JSON", e);
    }
  }

  private static ByteBuffer atLeast(ByteBuffer buffer, int bytes) {
    return buffer.capacity() >= bytes ? buffer : direct(Integer.highestOneBit(bytes) * 2);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
