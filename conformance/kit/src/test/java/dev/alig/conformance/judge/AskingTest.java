package dev.alig.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often the judge asks the oracle, and what it makes of an oracle that lacks an entrance. */
class AskingTest {
  private static final int STEPS = 5;
  private static final StepCase CASE =
      new StepCase(
          "five",
          DType.DOUBLE,
          1e-5,
          MomentumForm.STANDARD,
          OptionalDouble.empty(),
          List.of(new Group(OptionalDouble.empty(), 0.9, List.of(Tensor.vector(1, 2, 3)))),
          IntStream.range(0, STEPS).mapToObj(AskingTest::step).toList(),
          Optional.empty());

  private static Step step(int k) {
    Tensor gradient = Tensor.vector(0.3 + k, -4.1, 0.7 * k);
    return new Step(0.5 + k, LossKind.FLOAT, List.of(List.of(Optional.of(gradient))));
  }

  /** Exact arithmetic that counts what it is asked for. */
  private static final class Counting implements Implementation {
    private final ExactOracle exact = new ExactOracle();
    private final boolean takesStepSizes;
    private int cases;
    private int inARow;

    Counting(boolean takesStepSizes) {
      this.takesStepSizes = takesStepSizes;
    }

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Trace run(StepCase scripted) {
      cases++;
      return exact.run(scripted);
    }

    @Override
    public Optional<Trace> runGiven(StepCase scripted, List<List<Double>> stepSizes) {
      inARow++;
      return takesStepSizes ? exact.runGiven(scripted, stepSizes) : Optional.empty();
    }
  }

  /** What a sound subject does whose norm is rounded the other way. */
  private static Trace otherwiseRounded() {
    Trace exact = new ExactOracle().run(CASE);
    List<List<Double>> sizes = new ArrayList<>();
    for (TracedStep step : exact.steps()) {
      sizes.add(List.of(Math.nextUp(step.unclipped())));
    }
    Trace moved = new ExactOracle().runGiven(CASE, sizes).orElseThrow();
    List<TracedStep> steps = new ArrayList<>();
    for (int k = 0; k < STEPS; k++) {
      double size = sizes.get(k).get(0);
      steps.add(new TracedStep(size, sizes.get(k), size, moved.steps().get(k).after()));
    }
    return new Trace(moved.constructed(), steps, Optional.empty());
  }

  private static Verdict judged(Counting oracle, Trace actual) {
    return new Judge(oracle).compare(CASE, actual, "subject", AliG.TORCH);
  }

  @Test
  void whoTakesTheOraclesStepsIsJudgedByOneRun() {
    Counting oracle = new Counting(true);
    assertThat(judged(oracle, new ExactOracle().run(CASE))).isInstanceOf(Verdict.Agrees.class);
    assertThat(oracle.cases).isEqualTo(1);
    assertThat(oracle.inARow).isZero();
  }

  @Test
  void otherStepSizesAreGivenToTheOracleInARow() {
    Counting oracle = new Counting(true);
    assertThat(judged(oracle, otherwiseRounded())).isInstanceOf(Verdict.Agrees.class);
    assertThat(oracle.cases).isEqualTo(1);
    assertThat(oracle.inARow).isEqualTo(1);
  }

  /** Its first step starts where the subject's does, but takes another step size. */
  @Test
  void anOracleThatTakesNoneIsAskedForEachStepByItself() {
    Counting oracle = new Counting(false);
    assertThat(judged(oracle, otherwiseRounded())).isInstanceOf(Verdict.Agrees.class);
    assertThat(oracle.cases).isEqualTo(1 + STEPS);
  }

  @Test
  void aDifferenceShowsWhatTheOracleMakesOfTheSubjectsState() {
    Trace sound = otherwiseRounded();
    TracedStep step = sound.steps().get(3);
    double[] values = step.after().parameters().get(0).get(0).toArray();
    double right = values[1];
    values[1] = Math.nextUp(right);
    State after = new State(List.of(List.of(Tensor.vector(values))), step.after().buffers());
    List<TracedStep> steps = new ArrayList<>(sound.steps());
    steps.set(3, new TracedStep(step.unclipped(), step.stepSizes(), step.mean(), after));
    Trace actual = new Trace(sound.constructed(), steps, Optional.empty());
    for (boolean takesStepSizes : new boolean[] {true, false}) {
      Verdict verdict = judged(new Counting(takesStepSizes), actual);
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Differs.class,
              differs -> {
                assertThat(differs.first().toString())
                    .contains("step 3, group 0, parameter 0 [1]", "0 ulp");
                assertThat(differs.first().finding().orElseThrow().expected()).isEqualTo(right);
              });
    }
  }
}
