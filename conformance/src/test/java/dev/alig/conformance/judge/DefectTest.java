package dev.alig.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.Cases;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The judge finds an optimizer that does something else than it was asked. */
class DefectTest {
  private static final int CASES = 100;

  /** An optimizer that solves another problem than the one it was given. */
  private record Defect(String name, Cases cases, UnaryOperator<Scripted> mistake)
      implements Implementation {
    @Override
    public String version() {
      return "defective";
    }

    @Override
    public String digest() {
      return "";
    }

    @Override
    public Trace run(Scripted scripted) {
      return new ExactOracle().run(mistake.apply(scripted));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Defect> defects() {
    return Stream.of(
        new Defect("drops eps", Cases.ordinary(), c -> withEps(c, 0)),
        new Defect("doubles eps", Cases.ordinary(), c -> withEps(c, 2 * c.eps())),
        new Defect("swaps the momentum forms", Cases.ordinary(), DefectTest::otherForm),
        new Defect("skips the projection", Cases.ordinary().withBall(), Scripted::unprojected),
        new Defect("ignores the cap", Cases.ordinary().withCaps(), DefectTest::uncapped),
        new Defect("ignores momentum", Cases.ordinary(), c -> withMomentum(c, 0)),
        new Defect("one momentum for all", Cases.ordinary(), c -> withMomentum(c, 0.9)),
        new Defect("forgets the sign of the loss", anySign(), c -> mapLoss(c, Math::abs)),
        new Defect("takes absent gradients for zeros", absent(), DefectTest::zeroGradients),
        new Defect("mixes the groups up", severalGroups(), DefectTest::groupsReversed),
        new Defect(
            "swallows a non-finite loss",
            Cases.ordinary().withLosses(Double.NaN),
            c -> mapLoss(c, x -> 0.0)));
  }

  private static Cases anySign() {
    return Cases.ordinary().withLosses(-1.0, 1.0);
  }

  private static Cases absent() {
    return Cases.ordinary().withAbsentGradients().withMomentum(MomentumForm.STANDARD);
  }

  private static Cases severalGroups() {
    return Cases.ordinary().withSeveralGroups().withCaps();
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aDefectiveOptimizerIsFound(Defect defect) {
    assertThat(differences(defect, defect.cases().arbitrary())).isPositive();
  }

  /** A spoiled package that plays the oracle must not pass as one. */
  @ParameterizedTest
  @MethodSource("defects")
  void aDefectiveOracleIsFound(Defect defect) {
    Arbitrary<Scripted> cases = defect.cases().arbitrary();
    assertThat(differences(new ExactOracle(), defect, cases)).isPositive();
  }

  private static long differences(Implementation subject, Arbitrary<Scripted> cases) {
    return differences(subject, new ExactOracle(), cases);
  }

  private static long differences(
      Implementation subject, Implementation oracle, Arbitrary<Scripted> cases) {
    Judge judge = new Judge(oracle);
    return cases
        .sampleStream()
        .limit(CASES)
        .map(scripted -> judge.compare(scripted, subject))
        .filter(verdict -> verdict instanceof Verdict.Differs)
        .count();
  }

  private static Scripted withEps(Scripted c, double eps) {
    return new Scripted(
        c.id(), c.dtype(), eps, c.form(), c.radius(), c.groups(), c.steps(), c.resumed());
  }

  private static Scripted otherForm(Scripted c) {
    MomentumForm other =
        c.form() == MomentumForm.STANDARD ? MomentumForm.ADJUSTED : MomentumForm.STANDARD;
    return new Scripted(
        c.id(), c.dtype(), c.eps(), other, c.radius(), c.groups(), c.steps(), c.resumed());
  }

  private static Scripted uncapped(Scripted c) {
    return c.withGroups(
        c.groups().stream()
            .map(g -> new Group(OptionalDouble.empty(), g.momentum(), g.parameters()))
            .toList());
  }

  private static Scripted withMomentum(Scripted c, double momentum) {
    return c.withGroups(
        c.groups().stream()
            .map(g -> new Group(g.maxLearningRate(), momentum, g.parameters()))
            .toList());
  }

  private static Scripted groupsReversed(Scripted c) {
    List<Group> settings = new ArrayList<>(c.groups());
    Collections.reverse(settings);
    List<Group> mixed = new ArrayList<>();
    for (int g = 0; g < settings.size(); g++) {
      mixed.add(
          new Group(
              settings.get(g).maxLearningRate(),
              c.groups().get(g).momentum(),
              c.groups().get(g).parameters()));
    }
    return c.withGroups(mixed);
  }

  private static Scripted mapLoss(Scripted c, DoubleUnaryOperator change) {
    return withSteps(
        c,
        c.steps().stream()
            .map(s -> new Step(change.applyAsDouble(s.loss()), s.lossKind(), s.gradients()))
            .toList());
  }

  private static Scripted zeroGradients(Scripted c) {
    List<Step> steps = new ArrayList<>();
    for (Step step : c.steps()) {
      List<List<Optional<Tensor>>> gradients = new ArrayList<>();
      for (int g = 0; g < c.groups().size(); g++) {
        List<Optional<Tensor>> ofGroup = new ArrayList<>();
        for (int i = 0; i < step.gradients().get(g).size(); i++) {
          Tensor parameter = c.groups().get(g).parameters().get(i);
          Optional<Tensor> gradient = step.gradients().get(g).get(i);
          ofGroup.add(gradient.or(() -> Optional.of(Tensor.zeros(parameter.shape()))));
        }
        gradients.add(ofGroup);
      }
      steps.add(new Step(step.loss(), LossKind.TENSOR, gradients));
    }
    return withSteps(c, steps);
  }

  private static Scripted withSteps(Scripted c, List<Step> steps) {
    return new Scripted(
        c.id(), c.dtype(), c.eps(), c.form(), c.radius(), c.groups(), steps, c.resumed());
  }
}
