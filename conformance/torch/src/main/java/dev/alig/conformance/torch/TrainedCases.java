package dev.alig.conformance.torch;

import static dev.alig.MomentumForm.ADJUSTED;
import static dev.alig.MomentumForm.STANDARD;
import static dev.alig.conformance.model.DType.DOUBLE;
import static dev.alig.conformance.model.DType.FLOAT;
import static dev.alig.conformance.model.TrainingCase.Mode.FORCED;
import static dev.alig.conformance.model.TrainingCase.Mode.FREE;
import static dev.alig.conformance.model.TrainingCase.Objective.CROSS_ENTROPY;
import static dev.alig.conformance.model.TrainingCase.Objective.HINGE;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Mode;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.model.TrainingCase.Named;
import dev.alig.conformance.model.TrainingCase.Objective;
import dev.alig.conformance.model.TrainingCase.Problem;
import dev.alig.conformance.model.TrainingCase.Rule;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The trained cases: four settings per model, then the same settings with other seeds. */
final class TrainedCases {
  private static final double EPS = 1e-5;
  private static final int BATCH = 16;
  private static final int FREE_STEPS = 300;
  private static final int FORCED_STEPS = 24;

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
    int steps = plan.mode == FREE ? FREE_STEPS : FORCED_STEPS;
    for (int draw = 0; draw < DRAWS; draw++) {
      long drawn = ((seed * 31 + index) * DRAWS + draw) & Integer.MAX_VALUE;
      Problem problem = oracle.problem(model, plan.dtype, drawn, steps, BATCH);
      String id = "%s-%d-%d".formatted(model.name().toLowerCase(Locale.ROOT), index, drawn);
      TrainingCase trained =
          new TrainingCase(
              id, plan.dtype, model, plan.objective, plan.mode, rule(plan, problem), problem);
      if (plan.mode == FREE || Allowance.keepsToBranches(trained, oracle)) {
        return trained;
      }
    }
    throw new IllegalStateException(
        "none of %d cases of %s keeps clear of branches".formatted(DRAWS, model));
  }

  private static Rule rule(Plan plan, Problem problem) {
    double norm = Distances.norm(problem.parameters().stream().map(Named::value).toList());
    return new Rule(EPS, plan.form, plan.momentum, finite(plan.cap), finite(plan.radius * norm));
  }

  private static OptionalDouble finite(double value) {
    return value == NONE ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
