package dev.alig.conformance.subjects;

import dev.alig.StepReport;
import dev.alig.StepRule;
import dev.alig.conformance.Baseline;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Variants;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.differences.TypeChecked;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LentGradients;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.subjects.dl4j.Dl4jTrainer;
import dev.alig.conformance.subjects.optimizers.TableOptimizer;
import dev.alig.kernel.KernelVariant;
import dev.alig.kernel.Kernels;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.AliGBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The subjects nd4j and nd4j-operations: {@link AliG} on ND4J arrays. */
public final class Nd4jSubject implements Implementation, TypeChecked {
  /** The name of the subject that takes steps by ND4J's operations. */
  public static final String OF_OPERATIONS = "nd4j-operations";

  private final KernelVariant kernel;
  private final boolean operations;

  /** The optimizer on the kernel that this JVM has chosen. */
  public Nd4jSubject() {
    this(Kernels.chosen());
  }

  /** The optimizer on a kernel. */
  public Nd4jSubject(KernelVariant kernel) {
    this(kernel, false);
  }

  private Nd4jSubject(KernelVariant kernel, boolean operations) {
    this.kernel = kernel;
    this.operations = operations;
  }

  /**
   * The optimizer as it steps on a device: by ND4J's operations. It has no kernels, and the models
   * that are trained are left to the subject nd4j.
   */
  public static Nd4jSubject ofOperations() {
    return new Nd4jSubject(Kernels.chosen(), true);
  }

  @Override
  public String name() {
    return operations ? OF_OPERATIONS : "nd4j";
  }

  @Override
  public Algorithm algorithm() {
    return operations
        ? dev.alig.conformance.bounds.AliG.FUSED_OR_NOT
        : dev.alig.conformance.bounds.AliG.TORCH;
  }

  @Override
  public Class<?> code() {
    return AliG.class;
  }

  /** The optimizer and the step rule, which is in core. */
  @Override
  public List<Class<?>> parts() {
    return List.of(code(), StepRule.class);
  }

  @Override
  public boolean refusesMixedTypes() {
    try {
      AliG.builder().parameters(Nd4j.createFromArray(1f), Nd4j.createFromArray(1.0)).build();
      return false;
    } catch (IllegalArgumentException refused) {
      return true;
    }
  }

  @Override
  public Optional<String> inapplicable(StepCase scripted) {
    return JavaSettings.refusal(scripted);
  }

  @Override
  public Variants variants() {
    return operations ? Variants.NONE : Nd4jVariants.ALL;
  }

  /** The optimizers of the experiments, which compute on plain arrays beside this one. */
  @Override
  public List<Baseline> baselines() {
    return operations ? List.of() : List.copyOf(TableOptimizer.all());
  }

  /** The trainer for Deeplearning4j, if that is on the class path. */
  @Override
  public Optional<Trainer> trainer() {
    if (operations) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Dl4jTrainer());
    } catch (NoClassDefFoundError withoutDl4j) {
      return Optional.empty();
    }
  }

  @Override
  public Trace run(StepCase scripted) {
    Run run = new Run(scripted, kernel, operations);
    for (Step step : scripted.steps()) {
      StepReport report = run.optimizer.step(step.loss(), run.gradients(step));
      run.lent.takeBack();
      run.traced(report.unclippedStepSize(), report.stepSizes(), report.meanStepSize());
    }
    return run.trace();
  }

  @Override
  public Optional<Trace> runGiven(StepCase scripted, List<List<Double>> stepSizes) {
    Run run = new Run(scripted, kernel, operations);
    for (int k = 0; k < scripted.steps().size(); k++) {
      double[] given = stepSizes.get(k).stream().mapToDouble(Double::doubleValue).toArray();
      run.optimizer.apply(given, run.gradients(scripted.steps().get(k)));
      run.lent.takeBack();
      run.traced(Double.NaN, stepSizes.get(k), Double.NaN);
    }
    return Optional.of(run.trace());
  }

  /** The run of one case. */
  private static final class Run {
    private final StepCase scripted;
    private final Nd4jArrays arrays;
    private final Nd4jSettings before = Nd4jSettings.now();
    private final LentGradients<INDArray> lent;
    private final List<INDArray[]> parameters = new ArrayList<>();
    private final AliG optimizer;
    private final State constructed;
    private final List<TracedStep> steps = new ArrayList<>();

    Run(StepCase scripted, KernelVariant kernel, boolean operations) {
      this.scripted = scripted;
      this.arrays = new Nd4jArrays(scripted);
      this.lent = new LentGradients<>(scripted, arrays);
      AliGBuilder builder =
          AliG.builder().kernel(kernel).operations(operations).settings(JavaSettings.of(scripted));
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
      for (List<Optional<INDArray>> group : lent.lend(step)) {
        group.forEach(gradient -> gradients.add(gradient.orElse(null)));
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
      lent.look(arrays.areSurroundingsKept(), "writes beside an array that is a view");
      lent.look(
          Nd4jSettings.now().equals(before), "changes ND4J's type, workspace or random numbers");
      return new Trace(constructed, steps, Optional.empty(), Optional.of(lent.effects()));
    }
  }
}
