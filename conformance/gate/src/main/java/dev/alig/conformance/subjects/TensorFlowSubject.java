package dev.alig.conformance.subjects;

import dev.alig.MomentumForm;
import dev.alig.StepRule;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Variants;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.Trainer;
import dev.alig.tensorflow.AliG;
import dev.alig.tensorflow.AliGBuilder;
import dev.alig.tensorflow.Semantics;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;

/**
 * The subjects tensorflow, tensorflow-tf1 and tensorflow-resource: {@link AliG} for
 * TensorFlow-Java.
 */
public final class TensorFlowSubject implements Implementation {
  /** The name of the subject on resource variables. */
  public static final String OF_RESOURCES = "tensorflow-resource";

  private final String name;
  private final Semantics semantics;
  private final GraphSource graphs;

  /** The optimizer with one of its semantics. */
  public TensorFlowSubject(Semantics semantics) {
    this(name(semantics), semantics, new StepGraphs(semantics));
  }

  private TensorFlowSubject(String name, Semantics semantics, GraphSource graphs) {
    this.name = name;
    this.semantics = semantics;
    this.graphs = graphs;
  }

  /** The optimizer in sessions that have their own pools with the given number of threads. */
  TensorFlowSubject(Semantics semantics, int threads) {
    this(
        name(semantics),
        semantics,
        new StepGraphs(semantics, VariableKind.REFERENCE, Optional.of(threads)));
  }

  /**
   * The optimizer on resource variables. Only their kernels differ from those of the subject
   * tensorflow, so it has no variants and no trained models.
   */
  public static TensorFlowSubject ofResources() {
    Semantics semantics = Semantics.PYTORCH;
    return new TensorFlowSubject(
        OF_RESOURCES, semantics, new StepGraphs(semantics, VariableKind.RESOURCE));
  }

  private static String name(Semantics semantics) {
    return semantics == Semantics.TF1 ? "tensorflow-tf1" : "tensorflow";
  }

  /** The semantics of the optimizer. */
  public Semantics semantics() {
    return semantics;
  }

  /** The optimizer with an edited graph, to test whether the suite notices the edit. */
  public TensorFlowSubject edited(String newName, GraphEdit edit) {
    return new TensorFlowSubject(newName, semantics, new EditedGraphs(graphs, edit));
  }

  @Override
  public String name() {
    return name;
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
  public Algorithm algorithm() {
    return semantics == Semantics.TF1
        ? dev.alig.conformance.bounds.AliG.TENSORFLOW_1
        : dev.alig.conformance.bounds.AliG.TENSORFLOW;
  }

  @Override
  public Optional<String> inapplicable(StepCase scripted) {
    Optional<String> refusal = JavaSettings.refusal(scripted);
    return semantics == Semantics.TF1 ? refusal.or(() -> refusalOfTf1(scripted)) : refusal;
  }

  @Override
  public Variants variants() {
    return isPart() ? Variants.NONE : TensorFlowVariants.of(semantics);
  }

  /** Whether variants and trained models are left to the subjects tensorflow and tensorflow-tf1. */
  private boolean isPart() {
    return graphs instanceof EditedGraphs || name.equals(OF_RESOURCES);
  }

  /** The trainer; empty for an edited graph, because models have their own graphs. */
  @Override
  public Optional<Trainer> trainer() {
    return isPart() ? Optional.empty() : Optional.of(new TensorFlowTrainer(semantics));
  }

  @Override
  public Trace run(StepCase scripted) {
    return started(scripted).run(Optional.empty());
  }

  @Override
  public Optional<Trace> runGiven(StepCase scripted, List<List<Double>> stepSizes) {
    return Optional.of(started(scripted).run(Optional.of(stepSizes)));
  }

  /**
   * Why TF1's semantics refuse a case: {@code alig.tf} has one form of momentum, no projection, and
   * no step without a gradient.
   */
  private static Optional<String> refusalOfTf1(StepCase scripted) {
    if (JavaSettings.hasMomentum(scripted) && scripted.form() != MomentumForm.ADJUSTED) {
      return Optional.of("momentumForm must be ADJUSTED, was " + scripted.form());
    }
    if (JavaSettings.of(scripted).ball().isBounded()) {
      return Optional.of("radius must be infinite, was " + scripted.radius().orElseThrow());
    }
    return scripted.steps().stream().allMatch(Step::hasGradient)
        ? Optional.empty()
        : Optional.of("a step must have a gradient");
  }

  /**
   * Starts a run. It checks the settings here, because they are fed to a graph that was built with
   * other settings.
   */
  private TensorFlowRun started(StepCase scripted) {
    try (Graph empty = new Graph()) {
      AliGBuilder builder =
          AliG.builder(empty).semantics(semantics).settings(GraphKey.settings(scripted, semantics));
      for (Group group : scripted.groups()) {
        builder.group(JavaSettings.of(group));
      }
      builder.build();
    }
    return new TensorFlowRun(scripted, graphs);
  }
}
