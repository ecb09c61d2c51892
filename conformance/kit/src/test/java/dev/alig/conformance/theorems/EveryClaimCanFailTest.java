package dev.alig.conformance.theorems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No claim of a theorem holds whatever the optimizer answers: a wrong number fails it. */
class EveryClaimCanFailTest {
  private static final int SEEDS = 4;

  /** No tensor of the problems has more. */
  private static final int ELEMENTS = 64;

  /** One step, in which numbers are wrong. */
  private record Wrong(
      int step, int element, DoubleUnaryOperator sizes, DoubleUnaryOperator parameters)
      implements Implementation {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public Trace run(StepCase scripted) {
      Trace sound = new ExactOracle().run(scripted);
      if (!scripted.id().endsWith(", step " + step)) {
        return sound;
      }
      TracedStep taken = sound.steps().get(0);
      List<List<Tensor>> moved =
          taken.after().parameters().stream()
              .map(group -> group.stream().map(this::moved).toList())
              .toList();
      TracedStep wrong =
          new TracedStep(
              sizes.applyAsDouble(taken.unclipped()),
              taken.stepSizes().stream().map(sizes::applyAsDouble).toList(),
              sizes.applyAsDouble(taken.mean()),
              new State(moved, taken.after().buffers()));
      return new Trace(sound.constructed(), List.of(wrong), sound.raised());
    }

    private Tensor moved(Tensor tensor) {
      double[] values = tensor.toArray();
      if (element < values.length) {
        values[element] = parameters.applyAsDouble(values[element]);
      }
      return Tensor.of(tensor.shape(), values);
    }
  }

  static Stream<LongFunction<Trial>> trials() {
    return Stream.of(
        Trials::stepLimit,
        Trials::anyPoint,
        Trials::interpolation,
        Trials::lipschitzRate,
        Trials::smoothRate,
        Trials::strongConvexity,
        Trials::restrictedSecant,
        Trials::cycle,
        Trials::stepIdentity);
  }

  @ParameterizedTest
  @MethodSource("trials")
  void ofEachTheorem(LongFunction<Trial> trials) {
    int claims = 0;
    List<String> stuck = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      ProblemTrial trial = (ProblemTrial) trials.apply(seed);
      List<Inequality> sound = claims(trial, new ExactOracle());
      claims += sound.size();
      for (int i = 0; i < sound.size(); i++) {
        if (!canFail(trial, sound.get(i), i)) {
          stuck.add("seed %d, claim %d: %s".formatted(seed, i, sound.get(i).claim()));
        }
      }
    }
    assertThat(stuck).as("of %d claims", claims).isEmpty();
    assertThat(claims).isPositive();
  }

  private static boolean canFail(ProblemTrial trial, Inequality claim, int index) {
    String id = claim.move().scripted().id();
    int last = Integer.parseInt(id.substring(id.lastIndexOf(' ') + 1));
    for (int step = last; step >= 0; step--) {
      for (double far : new double[] {1, -1, 0x1p10, -0x1p10, 0x1p30, -0x1p30}) {
        DoubleUnaryOperator off = x -> x + far * (1 + Math.abs(x));
        List<Wrong> spoilt = new ArrayList<>(List.of(new Wrong(step, 0, off, x -> x)));
        for (int element = 0; element < ELEMENTS; element++) {
          spoilt.add(new Wrong(step, element, x -> x, off));
        }
        if (spoilt.stream().anyMatch(wrong -> fails(trial, wrong, claim, index))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean fails(ProblemTrial trial, Wrong wrong, Inequality claim, int index) {
    List<Inequality> found = claims(trial, wrong);
    return index < found.size()
        && found.get(index).claim().equals(claim.claim())
        && !found.get(index).holds();
  }

  private static List<Inequality> claims(ProblemTrial trial, Implementation implementation) {
    return trial.theorem().about(Trajectory.of(trial.problem(), implementation).moves());
  }
}
