package dev.alig.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.judge.Experiment.Found;
import dev.alig.conformance.judge.Experiment.Judging;
import dev.alig.conformance.judge.Experiment.Replaying;
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
import java.util.Random;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;

/**
 * No comparison that is counted compares a thing with itself: in each kind of judgement each
 * counted number is spoilt in turn, and each line of the judge that counted it must refuse it.
 */
class EveryComparisonCanFailTest {
  /** Cases of each requirement, and numbers of each case; more take longer. */
  private static final int ROUNDS = Integer.getInteger("spoil.rounds", 1);

  private static final int NUMBERS = Integer.getInteger("spoil.numbers", 6);
  private static final int LARGE = 300;
  private static final Implementation EXACT = new ExactOracle();

  private final Random random = new Random(1);

  private static List<StepCase> drawn(long seed) {
    List<StepCase> cases = new ArrayList<>();
    Random drawing = new Random(seed);
    JqwikSession.run(
        () -> {
          for (Requirement requirement : RequirementCases.all().keySet()) {
            var generator = RequirementCases.of(requirement).generator(1000);
            for (int round = 0; round < ROUNDS; round++) {
              cases.add(generator.next(drawing).value());
            }
          }
        });
    return cases.stream().filter(c -> size(c) <= LARGE).toList();
  }

  private static int size(StepCase scripted) {
    return scripted.groups().stream()
        .flatMap(group -> group.parameters().stream())
        .mapToInt(Tensor::size)
        .sum();
  }

  private Found spoil(List<? extends Experiment> experiments) {
    Found found = new Found(0, List.of());
    for (Experiment experiment : experiments) {
      found = found.and(experiment.spoilInTurn(NUMBERS, random));
    }
    return found;
  }

  private static void check(Found found, int least) {
    assertThat(found.stuck()).as("of %d comparisons", found.compared()).isEmpty();
    assertThat(found.compared()).isGreaterThan(least);
  }

  private static List<Judging> beside(Implementation oracle, Algorithm algorithm, long seed) {
    return drawn(seed).stream().map(c -> new Judging(c, EXACT.run(c), algorithm, oracle)).toList();
  }

  @Test
  void ofSubjectsJudgedByBits() {
    check(spoil(beside(EXACT, AliG.TORCH, 1)), 100);
  }

  @Test
  void ofSubjectsJudgedByBounds() {
    check(spoil(beside(EXACT, AliG.TENSORFLOW, 2)), 100);
  }

  /** Otherwise the oracle's own run answers, and the way by the caps is not gone. */
  @Test
  void ofSubjectsWhoseNormIsRoundedOtherwise() {
    List<Judging> experiments =
        drawn(3).stream().map(c -> new Judging(c, nudged(c), AliG.TORCH, EXACT)).toList();
    check(spoil(experiments), 100);
  }

  @Test
  void ofOraclesThatTakeNoStepSizes() {
    List<Judging> experiments =
        drawn(4).stream()
            .map(c -> new Judging(c, nudged(c), AliG.TORCH, new Doubles.ByCapsAlone(EXACT)))
            .toList();
    check(spoil(experiments), 100);
  }

  /** Negative step sizes cannot be prescribed to them; exact arithmetic answers. */
  @Test
  void ofOraclesThatRefuseNegativeCaps() {
    StepCase ascends = OVERFLOWS.withSteps(List.of(step(-0.5), step(-0.25)));
    Implementation refusing = new Doubles.RefusingCaps(EXACT);
    check(spoil(List.of(new Judging(ascends, nudged(ascends), AliG.TORCH, refusing))), 10);
  }

  @Test
  void ofResumedCases() {
    List<Judging> experiments = new ArrayList<>();
    for (StepCase whole : drawn(5)) {
      Trace run = EXACT.run(whole);
      for (int k = 0; k < whole.steps().size(); k++) {
        StepCase one = whole.oneStep(run, k);
        Implementation reading = new Doubles.Reading(EXACT);
        experiments.add(new Judging(one, reading.run(one), AliG.TORCH, reading));
      }
    }
    check(spoil(experiments), 100);
  }

  @Test
  void ofAnOracleThatRefusesAStep() {
    Implementation refusing = new Doubles.Refusing(EXACT, false);
    Trace actual = EXACT.run(OVERFLOWS);
    List<Judging> experiments =
        List.of(AliG.TORCH, AliG.TENSORFLOW).stream()
            .map(algorithm -> new Judging(OVERFLOWS, actual, algorithm, refusing))
            .toList();
    check(spoil(experiments), 20);
  }

  @Test
  void ofOptimizersThatAreNotAliG() {
    Implementation sgd = new PlainSgd();
    List<Judging> experiments = new ArrayList<>();
    for (StepCase c : drawn(6)) {
      if (c.radius().isEmpty()) {
        experiments.add(new Judging(c, sgd.run(c), sgd.algorithm(), sgd));
      }
    }
    Implementation refusing = new Doubles.Refusing(sgd, true);
    experiments.add(new Judging(OVERFLOWS, sgd.run(OVERFLOWS), sgd.algorithm(), refusing));
    check(spoil(experiments), 100);
  }

  @Test
  void ofReplayedTraces() {
    List<Recorded> shipped = TraceFile.shipped();
    List<Replaying> experiments = new ArrayList<>();
    for (Origin origin : Origin.values()) {
      shipped.stream()
          .filter(recorded -> recorded.origin() == origin)
          .limit(10L * ROUNDS)
          .forEach(
              recorded -> {
                experiments.add(new Replaying(recorded, EXACT));
                experiments.add(new Replaying(recorded, new Doubles.ByCapsAlone(EXACT)));
                experiments.add(new Replaying(recorded, new Doubles.ByItself(EXACT)));
              });
    }
    check(spoil(experiments), 100);
  }

  /** Where the algorithm is not ALI-G, nobody answers in the place of an oracle that refuses. */
  @Test
  void whatNobodyAnswersIsInapplicable() {
    Implementation sgd = new PlainSgd();
    Trace actual = sgd.run(OVERFLOWS);
    Judge judge = new Judge(new Doubles.Refusing(sgd, true));
    assertThat(judge.compare(OVERFLOWS, actual, "subject", sgd.algorithm()))
        .isInstanceOfSatisfying(
            Verdict.Inapplicable.class,
            inapplicable ->
                assertThat(inapplicable.why())
                    .isEqualTo(
                        "plain sgd refuses step 1, and exact arithmetic knows ALI-G alone:"
                            + " RuntimeError: overflow"));
  }

  @Test
  void aTraceOfAnotherLayoutDiffers() {
    Trace sound = EXACT.run(OVERFLOWS);
    TracedStep last = sound.steps().get(1);
    State narrow = new State(List.of(List.of(Tensor.vector(1))), last.after().buffers());
    List<TracedStep> steps =
        List.of(
            sound.steps().get(0),
            new TracedStep(last.unclipped(), last.stepSizes(), last.mean(), narrow));
    Trace wrong = new Trace(sound.constructed(), steps, Optional.empty());
    for (Algorithm algorithm : List.of(AliG.TORCH, AliG.TENSORFLOW)) {
      assertThat(new Judge(EXACT).compare(OVERFLOWS, wrong, "narrow", algorithm).toString())
          .startsWith("Differs")
          .contains("after step 1 shape [1] and a buffer of shape [2] for parameter 0 of group 0");
    }
  }

  private static final StepCase OVERFLOWS =
      new StepCase(
          "overflows",
          DType.FLOAT,
          1e-5,
          MomentumForm.STANDARD,
          OptionalDouble.empty(),
          List.of(new Group(OptionalDouble.of(0.5), 0.9, List.of(Tensor.vector(1, 2)))),
          List.of(step(0.5), step(1e300)),
          Optional.empty());

  private static Step step(double loss) {
    return new Step(loss, LossKind.FLOAT, List.of(List.of(Optional.of(Tensor.vector(0.25, -4)))));
  }

  /** A legal run whose step sizes are off by one number of the dtype, where no cap decides. */
  private static Trace nudged(StepCase scripted) {
    Trace exact = EXACT.run(scripted);
    List<List<Double>> sizes = new ArrayList<>();
    List<Double> unclipped = new ArrayList<>();
    for (TracedStep step : exact.steps()) {
      double own = step.unclipped();
      double up = scripted.dtype().up(scripted.dtype().round(own));
      boolean usual = Math.abs(own) > 1e-30 && Math.abs(own) < 1e30;
      unclipped.add(usual ? up : own);
      List<Double> taken = new ArrayList<>(step.stepSizes());
      taken.replaceAll(size -> usual && size == own ? up : size);
      sizes.add(taken);
    }
    Trace moved = EXACT.runGiven(scripted, sizes).orElseThrow();
    List<TracedStep> steps = new ArrayList<>();
    for (int k = 0; k < sizes.size(); k++) {
      State after = moved.steps().get(k).after();
      double mean = sizes.get(k).stream().mapToDouble(Double::doubleValue).sum();
      steps.add(new TracedStep(unclipped.get(k), sizes.get(k), mean / sizes.get(k).size(), after));
    }
    return new Trace(moved.constructed(), steps, Optional.empty());
  }
}
