package dev.alig.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.Enclosure;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final StepCase CASE =
      new StepCase(
          "one",
          DType.DOUBLE,
          1e-5,
          MomentumForm.STANDARD,
          OptionalDouble.empty(),
          List.of(new Group(OptionalDouble.of(0.1), 0.9, List.of(Tensor.vector(1, 2)))),
          List.of(
              new Step(
                  0.5, LossKind.FLOAT, List.of(List.of(Optional.of(Tensor.vector(0.25, -4)))))),
          Optional.empty());

  private final ExactOracle oracle = new ExactOracle();
  private final Judge judge = new Judge(oracle);

  @Test
  void agreesWithItself() {
    assertThat(judge.compare(CASE, oracle)).isInstanceOf(Verdict.Agrees.class);
  }

  @Test
  void findsOneUlpInAParameter() {
    Trace trace = oracle.run(CASE);
    TracedStep step = trace.steps().get(0);
    double[] values = step.after().parameters().get(0).get(0).toArray();
    values[1] = Math.nextUp(values[1]);
    State after = new State(List.of(List.of(Tensor.vector(values))), step.after().buffers());
    assertThat(judge.compare(CASE, replaced(trace, step, after), "off by one ulp", AliG.TORCH))
        .isInstanceOfSatisfying(
            Verdict.Differs.class,
            differs ->
                assertThat(differs.first().toString())
                    .contains("step 0, group 0, parameter 0 [1]")
                    .contains("0 ulp"));
  }

  /** A subject of another arithmetic is judged by bounds: it may reach their end, and no more. */
  @Test
  void findsOneUlpBeyondABound() {
    Trace trace = oracle.run(CASE);
    TracedStep step = trace.steps().get(0);
    List<Bounded> sizes = step.stepSizes().stream().map(Bounded::of).toList();
    double most =
        new Enclosure(CASE, AliG.TENSORFLOW)
            .given(BoundedState.of(trace.constructed()), CASE.steps().get(0), sizes)
            .parameters()
            .get(0)
            .get(0)
            .get(1)
            .high();
    assertThat(judgedByBounds(trace, step, most)).isInstanceOf(Verdict.Agrees.class);
    assertThat(judgedByBounds(trace, step, Math.nextUp(most))).isInstanceOf(Verdict.Differs.class);
  }

  private Verdict judgedByBounds(Trace trace, TracedStep step, double parameter) {
    double[] values = step.after().parameters().get(0).get(0).toArray();
    values[1] = parameter;
    State after = step.after().withParameters(List.of(List.of(Tensor.vector(values))));
    return judge.compare(CASE, replaced(trace, step, after), "within bounds", AliG.TENSORFLOW);
  }

  @Test
  void findsAMissingBuffer() {
    Trace trace = oracle.run(CASE);
    TracedStep step = trace.steps().get(0);
    State after = new State(step.after().parameters(), List.of(List.of(Optional.empty())));
    assertThat(judge.compare(CASE, replaced(trace, step, after), "no buffer", AliG.TORCH))
        .isInstanceOf(Verdict.Differs.class);
  }

  @Test
  void findsAStepSizeAboveTheCap() {
    Trace trace = oracle.run(CASE);
    TracedStep step = trace.steps().get(0);
    TracedStep larger = new TracedStep(step.unclipped(), List.of(0.2), 0.2, step.after());
    Trace wrong = new Trace(trace.constructed(), List.of(larger), Optional.empty());
    assertThat(judge.compare(CASE, wrong, "no cap", AliG.TORCH))
        .isInstanceOf(Verdict.Differs.class);
  }

  @Test
  void findsASubjectThatDoesNotTakeEveryStep() {
    Trace none = new Trace(oracle.run(CASE).constructed(), List.of(), Optional.of("it threw"));
    assertThat(judge.compare(CASE, none, "thrower", AliG.TORCH))
        .isInstanceOf(Verdict.Differs.class);
  }

  /** Legal by the bounds, but no one factor explains all elements. */
  @Test
  void findsAnOracleWhoseStepProjectsByTwoFactors() {
    Tensor parameter = Tensor.vector(1, 2, 3, 4);
    Tensor outwards = Tensor.vector(-1, -2, -3, -4);
    StepCase projected =
        new StepCase(
            "ball",
            DType.DOUBLE,
            1e-5,
            MomentumForm.STANDARD,
            OptionalDouble.of(1.5),
            List.of(new Group(OptionalDouble.of(0.1), 0, List.of(parameter))),
            List.of(new Step(0.5, LossKind.FLOAT, List.of(List.of(Optional.of(outwards))))),
            Optional.empty());
    Trace sound = oracle.run(projected);
    assertThat(judge.compare(projected, oracle)).isInstanceOf(Verdict.Agrees.class);
    assertThat(
            new Judge(new TwoFactors()).compare(projected, sound, "sound", AliG.TORCH).toString())
        .startsWith("Differs")
        .contains("step 0, group 0, parameter 0", "one factor");
  }

  /** Exact arithmetic, but for one element of a projected step. */
  private static final class TwoFactors implements Implementation {
    private final ExactOracle exact = new ExactOracle();

    @Override
    public String name() {
      return "two factors";
    }

    @Override
    public Trace run(StepCase scripted) {
      Trace trace = exact.run(scripted);
      TracedStep step = trace.steps().get(0);
      double[] values = step.after().parameters().get(0).get(0).toArray();
      if (scripted.radius().isPresent()) {
        values[1] = Math.nextUp(values[1]);
      }
      State after = new State(List.of(List.of(Tensor.vector(values))), step.after().buffers());
      return replaced(trace, step, after);
    }
  }

  private static Trace replaced(Trace trace, TracedStep step, State after) {
    TracedStep changed = new TracedStep(step.unclipped(), step.stepSizes(), step.mean(), after);
    return new Trace(trace.constructed(), List.of(changed), Optional.empty());
  }
}
