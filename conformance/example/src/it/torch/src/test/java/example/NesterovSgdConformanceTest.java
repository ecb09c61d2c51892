package example;

import static dev.alig.conformance.Requirement.ABSENT_GRADIENT;
import static dev.alig.conformance.Requirement.GROUPS;
import static dev.alig.conformance.Requirement.LONG_RUN;
import static dev.alig.conformance.Requirement.MOMENTUM_ADJUSTED;
import static dev.alig.conformance.Requirement.NON_FINITE_GRADIENT;
import static dev.alig.conformance.Requirement.SIDE_EFFECTS;
import static dev.alig.conformance.Requirement.UPDATE_PLAIN;

import dev.alig.MomentumForm;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.cases.Cases;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LentGradients;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.properties.Checks;
import dev.alig.conformance.properties.OptimizerSuite;
import dev.alig.conformance.torch.TorchOracle;
import dev.alig.python.PythonEnvironment;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An optimizer that is not ALI-G, with properties of its own choice and an oracle of its own. */
class NesterovSgdConformanceTest extends OptimizerSuite {
  private static final Algorithm SGD = new SgdAlgorithm();
  private static final Implementation SUBJECT = new Subject();
  private static final Implementation ORACLE = openOracle();

  @Override
  public Implementation subject() {
    return SUBJECT;
  }

  @Override
  public Optional<Implementation> oracle() {
    return Optional.of(ORACLE);
  }

  private static Implementation openOracle() {
    PythonEnvironment environment = PythonEnvironment.prepare(System.err);
    try {
      Path file =
          Path.of(
              Objects.requireNonNull(NesterovSgdConformanceTest.class.getResource("torch_sgd.py"))
                  .toURI());
      return TorchOracle.open(environment, file, SGD);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Single precision, as the optimizer has it; each group has a learning rate. */
  private static Cases cases() {
    return Cases.ordinary()
        .withDType(DType.FLOAT)
        .withCapsOf(0.1, 1e-3, 1.0, 10.0)
        .withMomentum(MomentumForm.ADJUSTED);
  }

  @Property
  @Checks(UPDATE_PLAIN)
  void withoutMomentumItIsGradientDescent(@ForAll("plain") StepCase scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<StepCase> plain() {
    return cases().withoutMomentum().arbitrary();
  }

  @Property
  @Checks(MOMENTUM_ADJUSTED)
  void nesterovMomentumIsTorchs(@ForAll("nesterov") StepCase scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<StepCase> nesterov() {
    return cases().arbitrary();
  }

  @Property
  @Checks(GROUPS)
  void groupsKeepTheirOwnRates(@ForAll("groups") StepCase scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<StepCase> groups() {
    return cases().withSeveralGroups().arbitrary();
  }

  @Property
  @Checks(ABSENT_GRADIENT)
  void absentGradientsLeaveAllAlone(@ForAll("absent") StepCase scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<StepCase> absent() {
    return cases().withAbsentGradients().arbitrary();
  }

  @Property
  @Checks(NON_FINITE_GRADIENT)
  void nonFiniteGradientsPropagate(@ForAll("special") StepCase scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<StepCase> special() {
    return cases().withSpecial(Double.NaN, Double.POSITIVE_INFINITY).arbitrary();
  }

  @Property
  @Checks(LONG_RUN)
  void twentyStepsInARowAgree(@ForAll("runs") StepCase scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<StepCase> runs() {
    return cases().withSteps(10, 20).arbitrary();
  }

  @Property
  @Checks(SIDE_EFFECTS)
  void gradientsStayTheCallers(@ForAll("runs") StepCase scripted) {
    doesNothingElse(scripted);
  }

  private static final class Subject implements Implementation {
    @Override
    public String name() {
      return "nesterov-sgd";
    }

    @Override
    public Algorithm algorithm() {
      return SGD;
    }

    @Override
    public Trace run(StepCase scripted) {
      Buffers buffers = new Buffers(scripted);
      scripted.resumed().ifPresent(buffers::load);
      State constructed = buffers.state();
      List<TracedStep> steps = new ArrayList<>();
      LentGradients<float[]> lent = LentGradients.ofFloats(scripted);
      for (Step step : scripted.steps()) {
        List<List<Optional<float[]>>> gradients = lent.lend(step);
        List<Double> rates = new ArrayList<>();
        double sum = 0;
        for (int g = 0; g < scripted.groups().size(); g++) {
          Group group = scripted.groups().get(g);
          take(group, buffers, g, gradients.get(g));
          rates.add(group.cap());
          sum += group.cap();
        }
        steps.add(
            new TracedStep(Double.POSITIVE_INFINITY, rates, sum / rates.size(), buffers.state()));
        lent.takeBack();
      }
      return new Trace(constructed, steps, Optional.empty(), Optional.of(lent.effects()));
    }

    private static void take(
        Group group, Buffers buffers, int g, List<Optional<float[]>> gradients) {
      NesterovSgd optimizer = new NesterovSgd(group.cap(), group.momentum());
      for (int i = 0; i < gradients.size(); i++) {
        if (gradients.get(i).isPresent()) {
          double[] w = buffers.parameters.get(g).get(i);
          double[] b = buffers.momenta.get(g).get(i);
          float[] narrowW = floats(w);
          float[] narrowB = floats(b);
          optimizer.step(narrowW, narrowB, gradients.get(i).get());
          copy(narrowW, w);
          copy(narrowB, b);
        }
      }
    }

    private static float[] floats(double[] values) {
      float[] narrow = new float[values.length];
      for (int e = 0; e < values.length; e++) {
        narrow[e] = (float) values[e];
      }
      return narrow;
    }

    private static void copy(float[] from, double[] to) {
      for (int e = 0; e < to.length; e++) {
        to[e] = from[e];
      }
    }
  }
}
