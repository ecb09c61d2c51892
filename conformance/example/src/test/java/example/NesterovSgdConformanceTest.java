package example;

import static dev.alig.conformance.Requirement.ABSENT_GRADIENT;
import static dev.alig.conformance.Requirement.GROUPS;
import static dev.alig.conformance.Requirement.LONG_RUN;
import static dev.alig.conformance.Requirement.MOMENTUM_ADJUSTED;
import static dev.alig.conformance.Requirement.NON_FINITE_GRADIENT;
import static dev.alig.conformance.Requirement.UPDATE_PLAIN;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.cases.Cases;
import dev.alig.conformance.oracle.TorchOracle;
import dev.alig.conformance.properties.Checks;
import dev.alig.conformance.properties.OptimizerSuite;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
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
    PythonEnvironment environment =
        PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), Progress.to(System.err));
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
  void withoutMomentumItIsGradientDescent(@ForAll("plain") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<Scripted> plain() {
    return cases().withoutMomentum().arbitrary();
  }

  @Property
  @Checks(MOMENTUM_ADJUSTED)
  void nesterovMomentumIsTorchs(@ForAll("nesterov") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<Scripted> nesterov() {
    return cases().arbitrary();
  }

  @Property
  @Checks(GROUPS)
  void groupsKeepTheirOwnRates(@ForAll("groups") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<Scripted> groups() {
    return cases().withSeveralGroups().arbitrary();
  }

  @Property
  @Checks(ABSENT_GRADIENT)
  void absentGradientsLeaveAllAlone(@ForAll("absent") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<Scripted> absent() {
    return cases().withAbsentGradients().arbitrary();
  }

  @Property
  @Checks(NON_FINITE_GRADIENT)
  void nonFiniteGradientsPropagate(@ForAll("special") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<Scripted> special() {
    return cases().withSpecial(Double.NaN, Double.POSITIVE_INFINITY).arbitrary();
  }

  @Property
  @Checks(LONG_RUN)
  void twentyStepsInARowAgree(@ForAll("runs") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  Arbitrary<Scripted> runs() {
    return cases().withSteps(10, 20).arbitrary();
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
    public Trace run(Scripted scripted) {
      Buffers buffers = new Buffers(scripted);
      scripted.resumed().ifPresent(buffers::load);
      State constructed = buffers.state();
      List<TracedStep> steps = new ArrayList<>();
      for (Step step : scripted.steps()) {
        List<Double> rates = new ArrayList<>();
        double sum = 0;
        for (int g = 0; g < scripted.groups().size(); g++) {
          Group group = scripted.groups().get(g);
          take(group, buffers, g, step.gradients().get(g));
          rates.add(group.cap());
          sum += group.cap();
        }
        steps.add(
            new TracedStep(Double.POSITIVE_INFINITY, rates, sum / rates.size(), buffers.state()));
      }
      return new Trace(constructed, steps, Optional.empty());
    }

    private static void take(
        Group group, Buffers buffers, int g, List<Optional<Tensor>> gradients) {
      NesterovSgd optimizer = new NesterovSgd(group.cap(), group.momentum());
      for (int i = 0; i < gradients.size(); i++) {
        if (gradients.get(i).isPresent()) {
          double[] w = buffers.parameters.get(g).get(i);
          double[] b = buffers.momenta.get(g).get(i);
          float[] narrowW = floats(w);
          float[] narrowB = floats(b);
          optimizer.step(narrowW, narrowB, floats(gradients.get(i).get().toArray()));
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
