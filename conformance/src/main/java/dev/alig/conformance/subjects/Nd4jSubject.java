package dev.alig.conformance.subjects;

import dev.alig.StepReport;
import dev.alig.StepRule;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.Trainer;
import dev.alig.conformance.subjects.dl4j.Dl4jTrainer;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.AliGBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link AliG} on ND4J arrays, behind the kit's interface. */
public final class Nd4jSubject implements Implementation {
  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public Class<?> code() {
    return AliG.class;
  }

  /** The step rule is the core's. */
  @Override
  public List<Class<?>> parts() {
    return List.of(code(), StepRule.class);
  }

  @Override
  public Optional<String> inapplicable(Scripted scripted) {
    return JavaSettings.refusal(scripted);
  }

  /** Deeplearning4j's, where it is on the class path. */
  @Override
  public Optional<Trainer> trainer() {
    try {
      return Optional.of(new Dl4jTrainer());
    } catch (NoClassDefFoundError withoutDl4j) {
      return Optional.empty();
    }
  }

  @Override
  public Trace run(Scripted scripted) {
    Run run = new Run(scripted);
    for (Step step : scripted.steps()) {
      StepReport report = run.optimizer.step(step.loss(), run.gradients(step));
      run.traced(report.unclippedStepSize(), report.stepSizes(), report.meanStepSize());
    }
    return run.trace();
  }

  @Override
  public Optional<Trace> runGiven(Scripted scripted, List<List<Double>> stepSizes) {
    Run run = new Run(scripted);
    for (int k = 0; k < scripted.steps().size(); k++) {
      double[] given = stepSizes.get(k).stream().mapToDouble(Double::doubleValue).toArray();
      run.optimizer.apply(given, run.gradients(scripted.steps().get(k)));
      run.traced(Double.NaN, stepSizes.get(k), Double.NaN);
    }
    return Optional.of(run.trace());
  }

  /** One case under way. */
  private static final class Run {
    private final Scripted scripted;
    private final Nd4jArrays arrays;
    private final List<INDArray[]> parameters = new ArrayList<>();
    private final AliG optimizer;
    private final State constructed;
    private final List<TracedStep> steps = new ArrayList<>();

    Run(Scripted scripted) {
      this.scripted = scripted;
      this.arrays = new Nd4jArrays(scripted);
      AliGBuilder builder = AliG.builder().settings(JavaSettings.of(scripted));
      for (Group group : scripted.groups()) {
        INDArray[] ofGroup = group.parameters().stream().map(arrays::of).toArray(INDArray[]::new);
        parameters.add(ofGroup);
        builder.group(JavaSettings.of(group), ofGroup);
      }
      this.optimizer = builder.build();
      scripted.resumed().ifPresent(this::load);
      this.constructed = state();
    }

    private void load(State state) {
      for (int g = 0; g < parameters.size(); g++) {
        for (int i = 0; i < parameters.get(g).length; i++) {
          INDArray parameter = parameters.get(g)[i];
          if (!parameter.isEmpty()) {
            parameter.assign(arrays.of(state.parameters().get(g).get(i)));
          }
          Optional<Tensor> buffer = state.buffers().get(g).get(i);
          if (buffer.isPresent()) {
            optimizer.setMomentumBuffer(g, i, arrays.of(buffer.get()));
          }
        }
      }
    }

    private List<@Nullable INDArray> gradients(Step step) {
      List<@Nullable INDArray> gradients = new ArrayList<>();
      for (List<Optional<Tensor>> group : step.gradients()) {
        for (Optional<Tensor> gradient : group) {
          gradients.add(gradient.map(arrays::of).orElse(null));
        }
      }
      return gradients;
    }

    private void traced(double unclipped, List<Double> stepSizes, double mean) {
      steps.add(new TracedStep(unclipped, stepSizes, mean, state()));
    }

    private State state() {
      List<List<Tensor>> values = new ArrayList<>();
      List<List<Optional<Tensor>>> buffers = new ArrayList<>();
      for (int g = 0; g < parameters.size(); g++) {
        List<Tensor> ofGroup = new ArrayList<>();
        List<Optional<Tensor>> buffersOfGroup = new ArrayList<>();
        for (int i = 0; i < parameters.get(g).length; i++) {
          List<Integer> shape = scripted.groups().get(g).parameters().get(i).shape();
          ofGroup.add(Nd4jArrays.tensor(shape, parameters.get(g)[i]));
          buffersOfGroup.add(
              optimizer.momentumBuffer(g, i).map(buffer -> Nd4jArrays.tensor(shape, buffer)));
        }
        values.add(ofGroup);
        buffers.add(buffersOfGroup);
      }
      return new State(values, buffers);
    }

    private Trace trace() {
      return new Trace(constructed, steps, Optional.empty());
    }
  }
}
