package dev.alig.conformance.torch;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.model.TrainingCase.Named;
import dev.alig.conformance.model.TrainingCase.Problem;
import dev.alig.conformance.model.TrainingCase.RunningVariance;
import dev.alig.conformance.oracle.OracleException;
import dev.alig.conformance.torch.TorchTrainer.Noise;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests and replies of trained cases; {@code alig_oracle/training/request.py} defines them. */
final class TrainingWords {
  private static final JsonMapper JSON = TorchOracle.JSON;

  private TrainingWords() {}

  /** A tensor of a model. */
  record Shape(String name, List<Integer> shape) {
    static List<Shape> of(List<Named> named) {
      return named.stream().map(each -> new Shape(each.name(), each.value().shape())).toList();
    }
  }

  /** The shapes of a problem's tensors in their order, and the number of classes. */
  record Layout(
      List<List<Integer>> features,
      List<Integer> classes,
      List<Integer> order,
      List<Shape> parameters,
      List<Shape> statistics,
      int kinds) {
    static Layout of(Problem problem) {
      return new Layout(
          problem.features().stream().map(Tensor::shape).toList(),
          problem.classes().shape(),
          List.of(problem.order().size(), problem.order().get(0).size()),
          Shape.of(problem.parameters()),
          Shape.of(problem.statistics()),
          problem.kinds());
    }

    /** How many numbers a problem has. */
    int elements() {
      Stream<List<Integer>> data = Stream.concat(features.stream(), Stream.of(classes, order));
      Stream<List<Integer>> model =
          Stream.concat(parameters.stream(), statistics.stream()).map(Shape::shape);
      return Stream.concat(data, model).mapToInt(Tensor::size).sum();
    }
  }

  /** The reply for one step; an evaluation at a given state has no step sizes. */
  record Reply(
      double loss, double distance, double unclipped, @JsonProperty("step_size") double stepSize) {}

  /** A request for a problem. */
  static String recipe(Model model, DType dtype, long seed, int steps, int batch) {
    Map<String, Object> recipe =
        Map.of(
            "model", model.word(),
            "dtype", dtype.torchName(),
            "seed", seed,
            "steps", steps,
            "batch", batch);
    return JSON.valueToTree(recipe).toString();
  }

  static Layout layout(String answer) {
    return read(answer, new TypeReference<>() {});
  }

  /** A request to train, or to evaluate at given states. */
  static String request(TrainingCase trained, Optional<Noise> noise, int handle) {
    TrainingCase.Rule rule = trained.rule();
    ObjectNode request = JSON.createObjectNode();
    request.put("package", handle);
    request.put("model", trained.model().word());
    request.put("objective", trained.objective().word());
    request.put("dtype", trained.dtype().torchName());
    request.put("eps", rule.eps());
    request.put("biased", trained.variance() == RunningVariance.BIASED);
    request.put("adjusted", rule.form() == MomentumForm.ADJUSTED);
    request.put("momentum", rule.momentum());
    rule.radius().ifPresentOrElse(r -> request.put("radius", r), () -> request.putNull("radius"));
    rule.maxLearningRate()
        .ifPresentOrElse(cap -> request.put("max_lr", cap), () -> request.putNull("max_lr"));
    noise.ifPresent(n -> request.set("noise", JSON.valueToTree(n)));
    request.set("layout", JSON.valueToTree(Layout.of(trained.problem())));
    return request.toString();
  }

  static List<Reply> replies(String answer) {
    return read(answer, new TypeReference<>() {});
  }

  private static <T> T read(String answer, TypeReference<T> type) {
    try {
      return JSON.readValue(answer, type);
    } catch (JsonProcessingException e) {
      throw new OracleException("a trained case was answered with " + answer, e);
    }
  }
}
