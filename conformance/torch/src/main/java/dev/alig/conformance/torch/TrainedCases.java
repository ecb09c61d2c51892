package dev.alig.conformance.torch;

import static dev.alig.MomentumForm.ADJUSTED;
import static dev.alig.MomentumForm.STANDARD;
import static dev.alig.conformance.model.DType.DOUBLE;
import static dev.alig.conformance.model.DType.FLOAT;
import static dev.alig.conformance.model.TrainingCase.Mode.FORCED;
import static dev.alig.conformance.model.TrainingCase.Mode.FREE;
import static dev.alig.conformance.model.TrainingCase.Objective.BITS;
import static dev.alig.conformance.model.TrainingCase.Objective.CROSS_ENTROPY;
import static dev.alig.conformance.model.TrainingCase.Objective.HINGE;
import static dev.alig.conformance.model.TrainingCase.Objective.TOP5;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Mode;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.model.TrainingCase.Named;
import dev.alig.conformance.model.TrainingCase.Objective;
import dev.alig.conformance.model.TrainingCase.Problem;
import dev.alig.conformance.model.TrainingCase.Rule;
import dev.alig.conformance.model.TrainingCase.RunningVariance;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The trained cases: four settings per model, then the same settings with other seeds. */
final class TrainedCases {
  private static final double EPS = 1e-5;
  private static final int BATCH = 16;

  /** How often, at most, a forced case is drawn, until rounding cannot change a branch. */
  private static final int DRAWS = 100;

  private TrainedCases() {}

  /**
   * Settings. The radius is relative to the norm of the initial weights; infinity means no ball.
   */
  private record Plan(
      DType dtype,
      Objective objective,
      Mode mode,
      MomentumForm form,
      double momentum,
      double cap,
      double radius) {}

  private static final double NONE = Double.POSITIVE_INFINITY;

  private static List<Plan> plans(Model model) {
    return switch (model) {
      case DNC -> plansOfExperiments(BITS, BITS);
      case WRN, DENSENET -> plansOfExperiments(CROSS_ENTROPY, CROSS_ENTROPY);
      case RESNET -> plansOfExperiments(TOP5, TOP5);
      case INFERSENT -> plansOfExperiments(CROSS_ENTROPY, HINGE);
      default -> plansOfSmallModels(model);
    };
  }

  /**
   * The models of the paper's experiments. They are deep: a step takes long, and in FLOAT rounding
   * errors would turn a branch. Two plans suit the semantics of {@code alig.tf} too.
   */
  private static List<Plan> plansOfExperiments(Objective objective, Objective other) {
    return List.of(
        new Plan(DOUBLE, objective, FREE, STANDARD, 0.9, 0.1, 1.25),
        new Plan(DOUBLE, other, FORCED, ADJUSTED, 0.9, 0.1, NONE),
        new Plan(DOUBLE, other, FREE, ADJUSTED, 0, 0.1, NONE),
        new Plan(DOUBLE, objective, FORCED, STANDARD, 0, NONE, 1.02));
  }

  private static List<Plan> plansOfSmallModels(Model model) {
    // Long cases take seconds, so each model has one, and the fastest model has two.
    Mode second = model == Model.MLP ? FREE : FORCED;
    // The LSTM has to remember its inputs; larger steps let its rounding errors grow without bound.
    double cap = model == Model.LSTM ? 0.02 : 0.1;
    Objective other = model == Model.MLP || model == Model.BILSTM ? HINGE : CROSS_ENTROPY;
    return List.of(
        new Plan(DOUBLE, CROSS_ENTROPY, FREE, STANDARD, 0.9, cap, 1.25),
        new Plan(FLOAT, other, FORCED, ADJUSTED, 0.9, cap, 1.02),
        new Plan(DOUBLE, other, second, ADJUSTED, 0.5, cap / 5, NONE),
        new Plan(DOUBLE, CROSS_ENTROPY, FORCED, STANDARD, 0, NONE, 1.5));
  }

  /**
   * Draws a case.
   *
   * @param index the position of the case among the model's
   * @param seed the seed of the data, the order and the weights
   */
  static TrainingCase draw(Model model, int index, long seed, TorchTrainer oracle) {
    List<Plan> plans = plans(model);
    Plan plan = plans.get(index % plans.size());
    int steps = steps(model, plan.mode);
    for (int draw = 0; draw < DRAWS; draw++) {
      long drawn = ((seed * 31 + index) * DRAWS + draw) & Integer.MAX_VALUE;
      Problem problem = oracle.problem(model, plan.dtype, drawn, steps, BATCH);
      String id = "%s-%d-%d".formatted(model.name().toLowerCase(Locale.ROOT), index, drawn);
      TrainingCase trained =
          new TrainingCase(
              id,
              plan.dtype,
              model,
              plan.objective,
              plan.mode,
              rule(plan, problem),
              RunningVariance.UNBIASED,
              problem);
      if (plan.mode == FREE || Allowance.keepsToBranches(trained, oracle)) {
        return trained;
      }
    }
    throw new IllegalStateException(
        "none of %d cases of %s keeps clear of branches".formatted(DRAWS, model));
  }

  private static int steps(Model model, Mode mode) {
    return switch (model) {
      case DNC, WRN, DENSENET, RESNET -> mode == FREE ? 40 : 12;
      case INFERSENT -> mode == FREE ? 100 : 12;
      default -> mode == FREE ? 300 : 24;
    };
  }

  /**
   * At most how many terms a sum of a training step on {@value #BATCH} examples has; the norm of
   * the gradient, which is the optimizer's, is not among them.
   */
  static int longestSum(Model model) {
    return switch (model) {
      // An inner product with all 64 pixels.
      case MLP -> 64;
      // The gradient of a kernel, over 6 by 6 places.
      case CONVNET -> BATCH * 6 * 6;
      // The gradient of a weight of the LSTM, over both sentences of 5 words.
      case BILSTM -> BATCH * 2 * 5;
      // The same, over 8 time steps.
      case LSTM -> BATCH * 8;
      // The loss, over 9 time steps of 5 bits.
      case DNC -> BATCH * 9 * 5;
      // The gradient of a kernel, over 8 by 8 places.
      case WRN, DENSENET -> BATCH * 8 * 8;
      // The gradient of a weight of the LSTM, over sentences of 8 and of 5 words.
      case INFERSENT -> BATCH * (8 + 5);
      // The gradient of the first kernel, over 32 by 32 places.
      case RESNET -> BATCH * 32 * 32;
    };
  }

  private static Rule rule(Plan plan, Problem problem) {
    double norm = Distances.norm(problem.parameters().stream().map(Named::value).toList());
    return new Rule(EPS, plan.form, plan.momentum, finite(plan.cap), finite(plan.radius * norm));
  }

  private static OptionalDouble finite(double value) {
    return value == NONE ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
