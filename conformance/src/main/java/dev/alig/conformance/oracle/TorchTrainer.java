package dev.alig.conformance.oracle;

import dev.alig.conformance.DType;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trained;
import dev.alig.conformance.Trained.Model;
import dev.alig.conformance.Trained.Problem;
import dev.alig.conformance.TrainedState;
import dev.alig.conformance.TrainedStep;
import dev.alig.conformance.oracle.TrainingWords.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Models in torch, trained with an {@code alig} package; {@code alig_oracle/trained.py} is the
 * other side.
 */
public final class TorchTrainer {
  private final PythonThread python;
  private final int handle;

  TorchTrainer(PythonThread python, int handle) {
    this.python = python;
    this.handle = handle;
  }

  /**
   * Rounding errors to simulate: every result is multiplied by 1 + amplitude·ξ, ξ in [-1, 1].
   *
   * @param seed what they follow from
   * @param amplitude their size, relative to each number
   */
  public record Noise(int seed, double amplitude) {}

  /**
   * A loss and its gradient.
   *
   * @param loss the loss
   * @param distance how close the computation came to a branch, such as a ReLU's: the smallest
   *     distance in parts of the largest of its tensor
   * @param gradients the gradients
   * @param statistics the running statistics afterwards
   */
  public record Evaluated(
      double loss, double distance, List<Tensor> gradients, List<Tensor> statistics) {}

  /**
   * What the package did with a case.
   *
   * @param constructed the state right after construction
   * @param steps the steps
   * @param distance how close any step came to a branch
   */
  public record Run(TrainedState constructed, List<TrainedStep> steps, double distance) {
    /** The state before step {@code k}. */
    public TrainedState before(int k) {
      return k == 0 ? constructed : steps.get(k - 1).after();
    }
  }

  /** Makes data, order and initial weights of a model; the same for the same arguments. */
  public Problem problem(Model model, DType dtype, long seed, int steps, int batch) {
    String recipe = TrainingWords.recipe(model, dtype, seed, steps, batch);
    TrainingWords.Layout layout = TrainingWords.layout(python.call("trained.layout", recipe));
    TrainingMemory outputs = TrainingMemory.toWrite(dtype, layout.elements());
    python.call("trained.prepare", recipe, TrainingMemory.nothing(), outputs.buffer());
    return outputs.problem(layout);
  }

  /** Trains from the initial weights to the end. */
  public Run run(Trained trained, Optional<Noise> noise) {
    StateShape shape = StateShape.of(trained);
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
   * Computes loss and gradient of each of the case's batches, at one state each.
   *
   * @param states as many as the case has steps
   */
  public List<Evaluated> evaluate(
      Trained trained, List<TrainedState> states, Optional<Noise> noise) {
    StateShape shape = StateShape.of(trained);
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

  private List<Reply> call(
      String function,
      Trained trained,
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
