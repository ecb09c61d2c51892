package dev.alig.conformance.subjects;

import dev.alig.conformance.Artifact;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.tensorflow.AliG;
import dev.alig.tensorflow.AliGBuilder;
import dev.alig.tensorflow.Semantics;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;

/** {@link AliG} of TensorFlow-Java, behind the kit's interface. */
public final class TensorFlowSubject implements Implementation {
  private final StepGraphs graphs = new StepGraphs(Semantics.PYTORCH);

  @Override
  public String name() {
    return "tensorflow";
  }

  @Override
  public String version() {
    return Artifact.of(AliG.class).version();
  }

  @Override
  public String digest() {
    return Artifact.of(AliG.class).digest();
  }

  @Override
  public Algorithm algorithm() {
    return dev.alig.conformance.bounds.AliG.TENSORFLOW;
  }

  @Override
  public Optional<String> inapplicable(Scripted scripted) {
    return JavaSettings.refusal(scripted);
  }

  @Override
  public Trace run(Scripted scripted) {
    return started(scripted).run(Optional.empty());
  }

  @Override
  public Optional<Trace> runGiven(Scripted scripted, List<List<Double>> stepSizes) {
    return Optional.of(started(scripted).run(Optional.of(stepSizes)));
  }

  /** The settings are fed to a graph that was built for others, so they are checked here. */
  private synchronized TensorFlowRun started(Scripted scripted) {
    try (Graph empty = new Graph()) {
      AliGBuilder builder = AliG.builder(empty).settings(JavaSettings.of(scripted));
      for (Group group : scripted.groups()) {
        builder.group(JavaSettings.of(group));
      }
      builder.build();
    }
    return new TensorFlowRun(scripted, graphs);
  }
}
