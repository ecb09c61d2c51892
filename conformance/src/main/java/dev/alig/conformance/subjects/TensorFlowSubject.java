package dev.alig.conformance.subjects;

import dev.alig.MomentumForm;
import dev.alig.StepRule;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Trace;
import dev.alig.conformance.Trainer;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.tensorflow.AliG;
import dev.alig.tensorflow.AliGBuilder;
import dev.alig.tensorflow.Semantics;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;

/** {@link AliG} of TensorFlow-Java, behind the kit's interface. */
public final class TensorFlowSubject implements Implementation {
  private final String name;
  private final Semantics semantics;
  private final GraphSource graphs;

  /** The optimizer in one of its semantics. */
  public TensorFlowSubject(Semantics semantics) {
    this(
        semantics == Semantics.TF1 ? "tensorflow-tf1" : "tensorflow",
        semantics,
        new StepGraphs(semantics));
  }

  private TensorFlowSubject(String name, Semantics semantics, GraphSource graphs) {
    this.name = name;
    this.semantics = semantics;
    this.graphs = graphs;
  }

  /** Which original the optimizer follows. */
  public Semantics semantics() {
    return semantics;
  }

  /** The optimizer with another graph than it builds, to see whether the suite notices. */
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

  /** The step rule is the core's. */
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
  public Optional<String> inapplicable(Scripted scripted) {
    Optional<String> refusal = JavaSettings.refusal(scripted);
    return semantics == Semantics.TF1 ? refusal.or(() -> refusalOfTf1(scripted)) : refusal;
  }

  /** An edited graph is one step's; models have graphs of their own. */
  @Override
  public Optional<Trainer> trainer() {
    return graphs instanceof EditedGraphs
        ? Optional.empty()
        : Optional.of(new TensorFlowTrainer(semantics));
  }

  @Override
  public Trace run(Scripted scripted) {
    return started(scripted).run(Optional.empty());
  }

  @Override
  public Optional<Trace> runGiven(Scripted scripted, List<List<Double>> stepSizes) {
    return Optional.of(started(scripted).run(Optional.of(stepSizes)));
  }

  /** {@code alig.tf} has one form of momentum, no projection, and no step without a gradient. */
  private static Optional<String> refusalOfTf1(Scripted scripted) {
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

  /** The settings are fed to a graph that was built for others, so they are checked here. */
  private TensorFlowRun started(Scripted scripted) {
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
