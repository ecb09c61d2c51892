package dev.alig.conformance.torch;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.SameBits;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.model.Provenance;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.OracleException;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.oracle.PythonPackage;
import dev.alig.conformance.trained.TrainingJudge;
import dev.alig.python.PythonEnvironment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The Python optimizer {@code alig.th.AliG}, called in this process through Jep.
 *
 * <p>A batch of cases is one call. The tensors lie in two direct buffers, which torch reads and
 * writes in place; a JSON text gives their positions. {@code alig_oracle/bridge.py} is the Python
 * side.
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class TorchOracle implements PythonPackage {
  /** JSON whose numbers include NaN and infinities. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  /**
   * A package in the interpreter.
   *
   * @param handle the bridge's handle of the package
   */
  private record Loaded(
      PythonThread python,
      List<Path> modulePath,
      int handle,
      OracleFacts description,
      Algorithm algorithm) {}

  private final Loaded loaded;
  private final Optional<DefectivePython> defect;
  private ByteBuffer inputs = direct(1 << 16);
  private ByteBuffer outputs = direct(1 << 16);

  private TorchOracle(Loaded loaded, Optional<DefectivePython> defect) {
    this.loaded = loaded;
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
   * @param algorithm the algorithm of its step
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
      List<Path> modulePath = List.copyOf(environment.modulePath());
      return new TorchOracle(
          new Loaded(python, modulePath, handle, facts, algorithm), Optional.empty());
    } catch (JsonProcessingException e) {
      throw new OracleException("the oracle described itself as " + answer, e);
    }
  }

  /** The defective optimizers that the same interpreter can run, a sound one first. */
  public List<DefectivePython> defects() {
    String answer = loaded.python.call("bridge.defects");
    try {
      return List.of(JSON.readValue(answer, DefectivePython[].class));
    } catch (JsonProcessingException e) {
      throw new OracleException("the bridge described its defects as " + answer, e);
    }
  }

  /** Runs one of {@link #defects} instead of the oracle's package, in the same interpreter. */
  public Implementation with(DefectivePython defective) {
    return new TorchOracle(loaded, Optional.of(defective));
  }

  @Override
  public OracleFacts description() {
    return loaded.description;
  }

  @Override
  public String name() {
    return defect.map(DefectivePython::name).orElseGet(() -> label() + ", torch " + version());
  }

  private String label() {
    return algorithm() instanceof AliG ? "alig.th" : loaded.description.kind();
  }

  @Override
  public Algorithm algorithm() {
    return loaded.algorithm;
  }

  @Override
  public SameBits sameBits(Provenance recorded) {
    return PinnedSettings.sameBits(loaded.description, recorded);
  }

  @Override
  public String version() {
    return loaded.description.torch();
  }

  @Override
  public String digest() {
    return loaded.description.digest();
  }

  @Override
  public Trace run(StepCase scripted) {
    return runAll(List.of(scripted)).get(0);
  }

  /** Runs a batch. Threads are served one after the other, because they share the two buffers. */
  @Override
  public List<Trace> runAll(List<StepCase> cases) {
    return runAll(cases, List.of());
  }

  private synchronized List<Trace> runAll(List<StepCase> cases, List<List<Double>> given) {
    inputs = atLeast(inputs, cases.stream().mapToInt(Packing::inputBytes).sum());
    outputs = atLeast(outputs, cases.stream().mapToInt(Outputs::bytes).sum());
    Requests requests = new Requests(loaded.handle, defect);
    String request = write(requests.of(cases, given, inputs, outputs));
    String answer = loaded.python.call("bridge.run", request, inputs, outputs);
    return Replies.read(cases, answer, outputs);
  }

  @Override
  public Implementation baseline(String name, Algorithm algorithm) {
    String answer = loaded.python.call("bridge.baseline", name);
    try {
      int handle = JSON.readTree(answer).path("handle").intValue();
      Algorithm judged = loaded.description.fused() ? algorithm : new WithinBounds(algorithm);
      OracleFacts facts = loaded.description.beside(name);
      return new TorchOracle(
          new Loaded(loaded.python, loaded.modulePath, handle, facts, judged), Optional.empty());
    } catch (JsonProcessingException e) {
      throw new OracleException("the bridge described the baseline as " + answer, e);
    }
  }

  @Override
  public BridgeCheck bridge() {
    loaded.python.load("alig_oracle", "echo");
    return new BridgeCheck(loaded.python::call, this);
  }

  @Override
  public TrainingJudge training(Runnable alive) {
    return new TrainedJudge(this, alive);
  }

  @Override
  public List<Path> modulePath() {
    return loaded.modulePath;
  }

  /** Returns a trainer of models that uses this oracle's package. */
  TorchTrainer torchTrainer() {
    loaded.python.load("alig_oracle", "trained");
    return new TorchTrainer(loaded.python, loaded.handle);
  }

  @Override
  public JsonNode probe(String name, boolean bundled) {
    Map<String, Object> request =
        Map.of("name", name, "bundled", bundled, "package", loaded.handle);
    String answer = loaded.python.call("bridge.probe", write(request));
    try {
      return JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new OracleException("the probe " + name + " answered " + answer, e);
    }
  }

  /**
   * Sets the step sizes as caps before each step, with losses so large that the caps decide.
   *
   * @return empty if a step took another size, because its denominator overflows or the package
   *     refused the size
   */
  @Override
  public Optional<Trace> runGiven(StepCase scripted, List<List<Double>> stepSizes) {
    List<Step> steps = new ArrayList<>();
    for (int k = 0; k < scripted.steps().size(); k++) {
      steps.add(scripted.steps().get(k).leftToCaps(stepSizes.get(k)));
    }
    Trace trace = runAll(List.of(scripted.withSteps(steps)), stepSizes).get(0);
    List<List<Double>> taken = trace.steps().stream().map(TracedStep::stepSizes).toList();
    return Optional.of(trace).filter(any -> taken.equals(stepSizes));
  }

  private static String write(Object request) {
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
