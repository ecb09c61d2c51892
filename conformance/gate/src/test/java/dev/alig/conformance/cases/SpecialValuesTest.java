package dev.alig.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.subjects.Nd4jSubject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpecialValuesTest {
  /** A mistake that takes more of the pairs than this to show would be missed by a small run. */
  private static final int ENOUGH = 400;

  @Test
  void everyTwoValuesMeetInEveryTwoSlots() {
    Set<Map<SpecialSlot, SpecialValue>> points = new HashSet<>();
    SpecialValues.pairs(1).forEach(point -> points.add(point.values()));
    for (SpecialSlot first : SpecialSlot.values()) {
      for (SpecialSlot second : SpecialSlot.values()) {
        if (first.compareTo(second) < 0) {
          assertThat(points).containsAll(specialValuesOf(first, second));
        }
      }
    }
  }

  private static List<Map<SpecialSlot, SpecialValue>> specialValuesOf(
      SpecialSlot first, SpecialSlot second) {
    List<Map<SpecialSlot, SpecialValue>> points = new ArrayList<>();
    for (SpecialValue a : first.choices()) {
      for (SpecialValue b : second.choices()) {
        if (a != SpecialValue.ORDINARY && b != SpecialValue.ORDINARY) {
          points.add(Map.of(first, a, second, b));
        }
      }
    }
    return points;
  }

  @Test
  void noTwoCasesHaveTheSameName() {
    List<String> names =
        SpecialValues.pairs(1).stream().map(point -> point.scripted().id()).toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  /** As sets, since comparing two lists of thousands in any order takes half a minute. */
  @Test
  void theSeedOnlyChangesTheOrder() {
    List<SpecialPoint> first = SpecialValues.pairs(1);
    List<SpecialPoint> second = SpecialValues.pairs(2);
    assertThat(first).isNotEqualTo(second).doesNotHaveDuplicates().hasSameSizeAs(second);
    assertThat(new HashSet<>(first)).isEqualTo(new HashSet<>(second));
  }

  @Test
  void mostOfTheCasesDrawnAnywhereAreRun() {
    Nd4jSubject subject = new Nd4jSubject();
    long refused =
        SpecialValues.anywhere()
            .sampleStream()
            .limit(1000)
            .filter(point -> subject.inapplicable(point.scripted()).isPresent())
            .count();
    assertThat(refused).isBetween(1L, 300L);
  }

  /** An optimizer that takes a special value, or what it does to the state, for something else. */
  private record Mistaken(String name, Function<StepCase, Trace> runs) implements Implementation {
    @Override
    public Trace run(StepCase scripted) {
      return runs.apply(scripted);
    }

    /** As the real one, since the judge need not take what that refuses. */
    @Override
    public Optional<String> inapplicable(StepCase scripted) {
      return new Nd4jSubject().inapplicable(scripted);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Mistaken> mistakes() {
    return Stream.of(
        new Mistaken("takes -0 for 0 in the parameters", s -> after(s, x -> x + 0.0)),
        new Mistaken("swallows NaN in the parameters", s -> after(s, x -> isNan(x) ? 0.0 : x)),
        new Mistaken("flushes denormal parameters", s -> after(s, x -> flushed(s, x))),
        new Mistaken("swallows a NaN loss", s -> withLoss(s, x -> isNan(x) ? 0.0 : x)),
        new Mistaken("takes a loss of -0 for 0", s -> withLoss(s, x -> x + 0.0)),
        new Mistaken("clips an infinite loss", s -> withLoss(s, x -> Math.min(x, largest(s)))),
        new Mistaken("flushes a denormal loss", s -> withLoss(s, x -> flushed(s, x))),
        new Mistaken("clears the buffer of an absent gradient", SpecialValuesTest::cleared),
        new Mistaken("decays the buffer of an absent gradient", SpecialValuesTest::decayed));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsFoundInAFewHundredCases(Mistaken mistaken, TestReporter reporter) {
    Mistaken faultless = new Mistaken("makes no mistake", new ExactOracle()::run);
    Judge judge = new Judge(new ExactOracle());
    int cases = 0;
    for (SpecialPoint point : SpecialValues.pairs(1)) {
      cases++;
      // Only the mistake may be what is found, and not the case.
      if (judge.compare(point.scripted(), mistaken) instanceof Verdict.Differs
          && judge.compare(point.scripted(), faultless) instanceof Verdict.Agrees) {
        break;
      }
    }
    reporter.publishEntry(mistaken.name(), "found in case " + cases);
    assertThat(cases).isLessThanOrEqualTo(ENOUGH);
  }

  private static boolean isNan(double value) {
    return Double.isNaN(value);
  }

  private static double largest(StepCase scripted) {
    return scripted.dtype().largest();
  }

  private static double flushed(StepCase scripted, double value) {
    return Math.abs(value) < scripted.dtype().smallestNormal() ? Math.copySign(0, value) : value;
  }

  private static Trace withLoss(StepCase s, UnaryOperator<Double> change) {
    List<Step> steps =
        s.steps().stream()
            .map(step -> new Step(change.apply(step.loss()), step.lossKind(), step.gradients()))
            .toList();
    return new ExactOracle()
        .run(
            new StepCase(
                s.id(), s.dtype(), s.eps(), s.form(), s.radius(), s.groups(), steps, s.resumed()));
  }

  private static Trace after(StepCase scripted, UnaryOperator<Double> change) {
    return mapStates(
        scripted,
        state ->
            new State(
                state.parameters().stream()
                    .map(group -> group.stream().map(tensor -> map(tensor, change)).toList())
                    .toList(),
                state.buffers()));
  }

  private static Trace cleared(StepCase scripted) {
    return mapStates(scripted, state -> secondBuffer(state, x -> 0.0));
  }

  private static Trace decayed(StepCase scripted) {
    return mapStates(scripted, state -> secondBuffer(state, x -> scripted.dtype().round(0.75 * x)));
  }

  /** The second parameter of every case has no gradient. */
  private static State secondBuffer(State state, UnaryOperator<Double> change) {
    List<List<Optional<Tensor>>> buffers = new ArrayList<>();
    for (List<Optional<Tensor>> group : state.buffers()) {
      buffers.add(List.of(group.get(0), group.get(1).map(tensor -> map(tensor, change))));
    }
    return new State(state.parameters(), buffers);
  }

  private static Trace mapStates(StepCase scripted, UnaryOperator<State> change) {
    Trace trace = new ExactOracle().run(scripted);
    List<TracedStep> steps =
        trace.steps().stream()
            .map(
                step ->
                    new TracedStep(
                        step.unclipped(),
                        step.stepSizes(),
                        step.mean(),
                        change.apply(step.after())))
            .toList();
    return new Trace(trace.constructed(), steps, trace.raised());
  }

  private static Tensor map(Tensor tensor, UnaryOperator<Double> change) {
    double[] values = tensor.toArray();
    for (int e = 0; e < values.length; e++) {
      values[e] = change.apply(values[e]);
    }
    return Tensor.of(tensor.shape(), values);
  }
}
