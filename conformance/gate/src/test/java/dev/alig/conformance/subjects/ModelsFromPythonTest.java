package dev.alig.conformance.subjects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.alig.conformance.subjects.ExportedModel.Kind;
import dev.alig.conformance.subjects.ExportedModel.Step;
import dev.alig.python.PythonEnvironment;
import dev.alig.tensorflow.TrainableModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Models that Python's TensorFlow has written are trained here, and Python trains them on. Each
 * step is compared with a step of {@code alig.th} on the same network in torch.
 */
@Execution(ExecutionMode.CONCURRENT)
class ModelsFromPythonTest {
  private static final int STEPS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ExportedData DATA = new ExportedData(5);

  @TempDir private static Path folder;

  private static final Map<Kind, List<Step>> STEPS_OF = new HashMap<>();

  /** By file, what the twin in torch says of its steps. */
  private static final Map<String, JsonNode> JUDGED = new HashMap<>();

  @BeforeAll
  static void trainInJavaAndThenInPython() throws Exception {
    PythonEnvironment tensorFlow = PythonProcess.tensorFlow();
    DATA.write(folder);
    PythonProcess.run(tensorFlow, folder, "-m", "alig_oracle.exported", "write", ".");
    for (Kind kind : Kind.values()) {
      try (ExportedModel model = model(kind, "");
          Session session = model.begin()) {
        List<Step> steps = model.steps(session, STEPS);
        STEPS_OF.put(kind, steps);
        session.save(file(kind, "-trained").toString());
        model.export(session, file(kind, "-exported"));
        JSON.writeValue(file(kind, "-java.json").toFile(), steps);
      }
    }
    PythonProcess.run(tensorFlow, folder, "-m", "alig_oracle.exported", "resume", ".");
    judge();
  }

  private static void judge() throws IOException, InterruptedException {
    List<String> traces =
        Stream.of(Kind.values())
            .flatMap(kind -> Stream.of(kind.file() + "-java.json", kind.file() + "-python.json"))
            .toList();
    List<String> arguments = new ArrayList<>(List.of("-m", "alig_oracle.exported_twin", "."));
    arguments.addAll(traces);
    PythonEnvironment torch = PythonEnvironment.prepare(System.err);
    List<String> lines =
        PythonProcess.run(torch, folder, arguments.toArray(String[]::new)).lines().toList();
    for (int i = 0; i < traces.size(); i++) {
      JUDGED.put(traces.get(i), JSON.readTree(lines.get(i)));
      System.out.println(traces.get(i) + " " + lines.get(i));
    }
  }

  private static ExportedModel model(Kind kind, String rest) throws IOException {
    return new ExportedModel(kind, file(kind, kind == Kind.GRAPH ? ".pb" : rest), DATA);
  }

  private static JsonNode judged(Kind kind, String rest) {
    return JUDGED.getOrDefault(kind.file() + rest, MissingNode.getInstance());
  }

  private static Path file(Kind kind, String rest) {
    return folder.resolve(kind.file() + rest);
  }

  @ParameterizedTest
  @EnumSource
  void eachStepIsThatOfTheTwin(Kind kind) {
    JsonNode judged = judged(kind, "-java.json");
    assertThat(judged.path("steps").asInt()).isEqualTo(STEPS);
    assertThat(judged.path("ratio").asDouble(Double.POSITIVE_INFINITY))
        .as(judged.toString())
        .isLessThanOrEqualTo(1);
    assertThat(judged.path("capped").asInt()).isBetween(1, STEPS - 1);
  }

  @ParameterizedTest
  @EnumSource
  void pythonGoesOnFromWhatJavaHasSaved(Kind kind) throws IOException {
    JsonNode steps = JSON.readTree(file(kind, "-python.json").toFile());
    JsonNode last = JSON.readTree(file(kind, "-java.json").toFile()).get(STEPS - 1);
    assertThat(steps.get(0).get("before")).isEqualTo(last.get("after"));
    JsonNode judged = judged(kind, "-python.json");
    assertThat(judged.path("steps").asInt()).isPositive();
    assertThat(judged.path("ratio").asDouble(Double.POSITIVE_INFINITY))
        .as(judged.toString())
        .isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aRunGoesOnBitForBit(Kind kind) throws IOException {
    Path checkpoint = file(kind, "-half");
    List<Step> steps = new ArrayList<>();
    try (ExportedModel model = model(kind, "");
        Session session = model.begin()) {
      steps.addAll(model.steps(session, STEPS / 2));
      session.save(checkpoint.toString());
    }
    try (ExportedModel model = model(kind, "");
        Session session = model.resume(checkpoint)) {
      steps.addAll(model.steps(session, STEPS - STEPS / 2));
    }
    assertThat(steps).isEqualTo(STEPS_OF.get(kind));
  }

  /** The module adds 1 to a variable before it computes its loss, and reads it afterwards. */
  @Test
  void aCallOfAFunctionWritesWhatItWritesInPython() throws IOException {
    try (ExportedModel model = model(Kind.MODULE, "");
        Session session = model.begin()) {
      for (double count = 1; count <= 3; count++) {
        assertThat(model.compute(session, "count")).containsExactly(count);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"MODULE, loss", "KERAS, output_0"})
  void tensorFlowAndJavaReadWhatJavaHasExported(Kind kind, String output) throws IOException {
    JsonNode last = JSON.readTree(file(kind, "-java.json").toFile()).get(STEPS - 1);
    try (ExportedModel model = model(kind, "-exported");
        Session session = model.begin()) {
      Step next = model.steps(session, 1).get(0);
      assertThat(JSON.<JsonNode>valueToTree(next.before().parameters()))
          .isEqualTo(last.get("after").get("parameters"));
    }
    try (ExportedModel model = model(kind, "-exported");
        Session session = model.begin()) {
      assertThat(model.computeByTensorFlow(file(kind, "-exported"), output))
          .isEqualTo(model.compute(session, output))
          .isNotEqualTo(model.computeByTensorFlow(file(kind, ""), output));
    }
  }

  /** Its signatures read handles that the SavedModel itself does not restore. */
  @Test
  void aModelThatKerasHasSavedWithoutExportingItIsRestored() throws IOException {
    try (ExportedModel exported = model(Kind.KERAS, "");
        Session session = exported.begin();
        TrainableModel saved = TrainableModel.load(file(Kind.KERAS, "-saved"));
        Session restored = saved.restoredSession();
        TInt32 ids = DATA.ids();
        TFloat64 x = DATA.x()) {
      Session.Runner runner =
          restored
              .runner()
              .feed(saved.input("serving_default", "inputs"), ids)
              .feed(saved.input("serving_default", "inputs_1"), x);
      try (Result result = runner.fetch(saved.output("serving_default", "output_0")).run()) {
        assertThat(ExportedModel.numbers(result.get(0)))
            .isEqualTo(exported.compute(session, "output_0"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-exported"})
  void aTableIsFilledFromTheFileOfTheModel(String rest) throws IOException {
    try (TrainableModel model = TrainableModel.load(file(Kind.MODULE, rest));
        Session session = model.restoredSession();
        TString words = TString.vectorOf("two", "three", "one")) {
      Session.Runner runner = session.runner().feed(model.input("place", "word"), words);
      try (Result result = runner.fetch(model.output("place", "row")).run()) {
        TInt64 rows = (TInt64) result.get(0);
        assertThat(rows.scalars()).extracting(row -> row.getLong()).containsExactly(2L, -1L, 1L);
      }
    }
  }

  @Test
  void aNameThatIsNotInTheModelIsAnsweredWithThoseThatAre() throws IOException {
    try (TrainableModel model = TrainableModel.load(file(Kind.MODULE, ""))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.input("train", "z"))
          .withMessage("there is no input of signature train named 'z'; there are [ids, x, y]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.output("serving_default", "loss"))
          .withMessageContaining("there is no signature named 'serving_default'; there are [")
          .withMessageContaining("train]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.trainableVariables("place"))
          .withMessageContaining("does not say which variables of signature place are trainable");
    }
  }
}
