package dev.alig.conformance.torch;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainedState;
import dev.alig.conformance.model.TrainedStep;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.model.TrainingCase.Problem;
import dev.alig.conformance.oracle.OracleException;
import dev.alig.conformance.torch.TrainingMemory.Shapes;
import dev.alig.conformance.torch.TrainingWords.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains models in torch with an {@code alig} package; {@code alig_oracle/trained.py} is the Python
 * side.
 */
record TorchTrainer(PythonThread python, int handle) {
  /**
   * Rounding errors to simulate: each result is multiplied by 1 + amplitude·ξ with ξ in [-1, 1].
   *
   * @param seed the seed of ξ
   */
  public record Noise(int seed, double amplitude) {}

  /**
   * A loss and its gradient.
   *
   * @param distance how close the computation came to a branch, such as a ReLU's: the smallest
   *     distance, relative to the largest of its tensor
   * @param statistics the running statistics afterwards
   */
  public record Evaluated(
      double loss, double distance, List<Tensor> gradients, List<Tensor> statistics) {}

  /**
   * The package's training of a case.
   *
   * @param constructed the state right after construction
   * @param distance how close any step came to a branch
   */
  public record Run(TrainedState constructed, List<TrainedStep> steps, double distance) {
    /** The state before step {@code k}. */
    public TrainedState before(int k) {
      return k == 0 ? constructed : steps.get(k - 1).after();
    }
  }

  /** Makes a model's data, order and initial weights, the same for the same arguments. */
  public Problem problem(Model model, DType dtype, long seed, int steps, int batch) {
    String recipe = TrainingWords.recipe(model, dtype, seed, steps, batch);
    TrainingWords.Layout layout = TrainingWords.layout(python.call("trained.layout", recipe));
    TrainingMemory outputs = TrainingMemory.toWrite(dtype, layout.elements());
    python.call("trained.prepare", recipe, TrainingMemory.nothing(), outputs.buffer());
    return outputs.problem(layout);
  }

  /** Trains from the initial weights to the end. */
  public Run run(TrainingCase trained, Optional<Noise> noise) {
    Shapes shape = Shapes.of(trained);
    int elements = shape.elements() + trained.steps() * (shape.gradient() + shape.elements());
    TrainingMemory outputs = TrainingMemory.toWrite(trained.dtype(), elements);
    List<Reply> replies = call("trained.run", trained, List.of(), noise, outputs);
    TrainedState constructed = outputs.state(shape);
    List<TrainedStep> steps = new ArrayList<>();
    for (Reply reply : replies) {
      List<Tensor> gradients = outputs.tensors(shape.parameters());
      TrainedState after = outputs.state(shape);
      steps.add(
          new TrainedStep(reply.loss(), gradients, reply.unclipped(), reply.stepSize(), after));
    }
    double distance = replies.stream().mapToDouble(Reply::distance).min().orElse(0);
    return new Run(constructed, steps, distance);
  }

  /**
   * Computes loss and gradient for each of the case's batches, each at its own state.
   *
   * @param states one per step of the case
   */
  public List<Evaluated> evaluate(
      TrainingCase trained, List<TrainedState> states, Optional<Noise> noise) {
    Shapes shape = Shapes.of(trained);
    int elements = states.size() * (shape.gradient() + shape.ofStatistics());
    TrainingMemory outputs = TrainingMemory.toWrite(trained.dtype(), elements);
    List<Evaluated> evaluated = new ArrayList<>();
    for (Reply reply : call("trained.evaluate", trained, states, noise, outputs)) {
      evaluated.add(
          new Evaluated(
              reply.loss(),
              reply.distance(),
              outputs.tensors(shape.parameters()),
              outputs.tensors(shape.statistics())));
    }
    return evaluated;
  }

  /**
   * The scores of the case's first batch in evaluation.
   *
   * @param state the parameters and running statistics
   */
  public Tensor scores(TrainingCase trained, TrainedState state, Optional<Noise> noise) {
    Problem problem = trained.problem();
    List<Integer> shape = List.of(problem.order().get(0).size(), problem.kinds());
    TrainingMemory outputs = TrainingMemory.toWrite(trained.dtype(), Tensor.size(shape));
    python.call(
        "trained.scores",
        TrainingWords.request(trained, noise, handle),
        TrainingMemory.inputs(trained, List.of(state)),
        outputs.buffer());
    return outputs.tensors(List.of(shape)).get(0);
  }

  private List<Reply> call(
      String function,
      TrainingCase trained,
      List<TrainedState> states,
      Optional<Noise> noise,
      TrainingMemory outputs) {
    String request = TrainingWords.request(trained, noise, handle);
    String answer =
        python.call(function, request, TrainingMemory.inputs(trained, states), outputs.buffer());
    List<Reply> replies = TrainingWords.replies(answer);
    if (replies.size() != trained.steps()) {
      throw OracleException.corrupted(
          "%d answers to %d steps".formatted(replies.size(), trained.steps()));
    }
    return replies;
  }
}
