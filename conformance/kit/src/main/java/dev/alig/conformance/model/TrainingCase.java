package dev.alig.conformance.model;

import dev.alig.MomentumForm;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * A case in which a small model is trained, so that it tests the whole way from data to step.
 *
 * <p>Where rounding errors stay small, the subject trains by itself from the first step to the last
 * ({@link Mode#FREE}); elsewhere it is put into the oracle's state before each step ({@link
 * Mode#FORCED}).
 *
 * @param id a name that is unique among the cases of a run
 * @param dtype the format of every tensor
 * @param model what is trained
 * @param objective the loss
 * @param mode whether the subject keeps its own state from step to step
 * @param rule the optimizer's settings
 * @param variance what the running variances of the models of the experiments follow; it is the
 *     trainer's choice
 * @param problem the data, their order and the initial weights
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TrainingCase(
    String id,
    DType dtype,
    Model model,
    Objective objective,
    Mode mode,
    Rule rule,
    RunningVariance variance,
    Problem problem) {

  /** What is trained; {@code alig_oracle/training} has them in torch. */
  public enum Model {
    /** One hidden layer with ReLU on images as vectors. */
    MLP,
    /** Convolution, batch normalization, ReLU, max-pooling and a layer on top. */
    CONVNET,
    /** A bidirectional LSTM that encodes two sentences, and a layer on [u, v, |u-v|, u*v]. */
    BILSTM,
    /** An LSTM whose every state is classified. */
    LSTM,
    /** A differentiable neural computer: an LSTM that writes into a memory and reads from it. */
    DNC,
    /** A wide residual network. */
    WRN,
    /** A densely connected network. */
    DENSENET,
    /** A residual network of basic blocks, as for ImageNet. */
    RESNET,
    /**
     * InferSent: a bidirectional LSTM encodes two sentences of any lengths, three layers compare.
     */
    INFERSENT;

    /** The name in Python. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A loss, the mean over the examples of a batch. */
  public enum Objective {
    /** -log(softmax(s)_y), summed over the steps of a sequence. */
    CROSS_ENTROPY,
    /** max_j(s_j + [j ≠ y]) - s_y. */
    HINGE,
    /** -log of the probability of each bit, summed over those that count; class 2 does not. */
    BITS,
    /** log(1 + Σ exp(min(s_j - s_y, 80))) over the classes below the five highest, without y. */
    TOP5;

    /** The name in Python. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Which variance of a batch the running variance of batch normalization follows. Frameworks
   * differ in it. Training does not depend on it; evaluation does.
   */
  public enum RunningVariance {
    /** Σ(x - mean)² / (n - 1), as in torch. */
    UNBIASED,
    /** Σ(x - mean)² / n, as in Deeplearning4j. */
    BIASED
  }

  /** Whose state a step starts from. */
  public enum Mode {
    /** The subject's own. */
    FREE,
    /** The oracle's. */
    FORCED
  }

  /**
   * The optimizer's settings; all parameters form one group.
   *
   * @param eps the constant added to the squared norm of the gradient
   * @param form the form of the momentum
   * @param momentum the momentum factor; 0 for no buffers
   * @param maxLearningRate the cap; empty for none
   * @param radius the radius of the l2 ball; empty for no projection
   */
  public record Rule(
      double eps,
      MomentumForm form,
      double momentum,
      OptionalDouble maxLearningRate,
      OptionalDouble radius) {

    /** The cap, or infinity where there is none. */
    public double cap() {
      return maxLearningRate.orElse(Double.POSITIVE_INFINITY);
    }
  }

  /** A tensor of a model by its name in torch. */
  public record Named(String name, Tensor value) {}

  /**
   * What is learned from what, in which order, from where on.
   *
   * @param features the features, one tensor or more, with the examples in the first dimension
   * @param classes the class of each example, or of each step of each example, or of each bit
   * @param kinds how many classes there are
   * @param order for each step the positions of its batch's examples
   * @param parameters the initial parameters, in torch's shapes and order
   * @param statistics the initial running statistics of batch normalization, likewise
   */
  public record Problem(
      List<Tensor> features,
      Tensor classes,
      int kinds,
      List<List<Integer>> order,
      List<Named> parameters,
      List<Named> statistics) {
    /** Copies the lists. */
    public Problem {
      features = List.copyOf(features);
      order = order.stream().map(List::copyOf).toList();
      parameters = List.copyOf(parameters);
      statistics = List.copyOf(statistics);
    }

    /**
     * The shape of a parameter.
     *
     * @throws IllegalArgumentException if no parameter has this name
     */
    public List<Integer> shape(String parameter) {
      return parameters.stream()
          .filter(named -> named.name().equals(parameter))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("the case has no parameter " + parameter))
          .value()
          .shape();
    }

    /** The same with the batches of other steps. */
    public Problem withOrder(List<List<Integer>> other) {
      return new Problem(features, classes, kinds, other, parameters, statistics);
    }
  }

  /** The number of steps. */
  public int steps() {
    return problem.order().size();
  }

  /** The same on another problem. */
  public TrainingCase on(Problem other) {
    return new TrainingCase(id, dtype, model, objective, mode, rule, variance, other);
  }

  /** The same with running variances that follow another variance. */
  public TrainingCase averaging(RunningVariance other) {
    return new TrainingCase(id, dtype, model, objective, mode, rule, other, problem);
  }

  /** The case in one line, for messages. */
  public String describe() {
    return "%s, %s, %s, %s, %s, momentum %s %s, cap %s, %s, %d steps, %s%s"
        .formatted(
            id,
            dtype,
            model,
            objective.word(),
            mode.name().toLowerCase(Locale.ROOT),
            rule.momentum(),
            rule.form().name().toLowerCase(Locale.ROOT),
            rule.cap(),
            rule.radius().isPresent() ? "radius " + rule.radius().getAsDouble() : "no ball",
            steps(),
            "batches of " + problem.order().get(0).size(),
            variance == RunningVariance.BIASED ? ", running variance of the biased one" : "");
  }
}
