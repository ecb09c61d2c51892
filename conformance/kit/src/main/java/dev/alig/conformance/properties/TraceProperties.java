package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.ORACLE_TRACES;
import static dev.alig.conformance.Requirement.TRACES_TF;
import static dev.alig.conformance.Requirement.TRACES_TH;

import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.model.StepCase;
import java.util.List;
import net.jqwik.api.Example;

/** Claims about the traces recorded from the originals. */
interface TraceProperties extends SubjectProperties {
  @Example
  @Checks(TRACES_TH)
  default void tracesOfThePyTorchOriginalAreReproduced() {
    replay(Origin.TH);
  }

  @Example
  @Checks(TRACES_TF)
  default void tracesOfTheTensorFlowOriginalAreReproduced() {
    replay(Origin.TF);
  }

  @Example
  @Checks(ORACLE_TRACES)
  default void theOracleReproducesTheTraces() {
    of(Origin.TH)
        .forEach(t -> PropertyStatistics.current().count(conformanceRun().judge(t), t.scripted()));
  }

  private List<Recorded> of(Origin origin) {
    return conformanceRun().recorded().stream().filter(trace -> trace.origin() == origin).toList();
  }

  private void replay(Origin origin) {
    for (Recorded recorded : of(origin)) {
      PropertyStatistics.current()
          .count(conformanceRun().replay(recorded, subject()), recorded.scripted());
      replayOnEveryKernel(recorded.scripted());
    }
  }

  /** A case that the user names may be one that a single kernel failed. */
  private void replayOnEveryKernel(StepCase scripted) {
    boolean named = !conformanceRun().settings().traces().isEmpty();
    if (named && oracle().isPresent() && !subject().variants().running().isEmpty()) {
      EveryKernel kernels = EveryKernel.of(this);
      PropertyStatistics.current().count(kernels.judge(scripted), scripted, kernels);
    }
  }
}
