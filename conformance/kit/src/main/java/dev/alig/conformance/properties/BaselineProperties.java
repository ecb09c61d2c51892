package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.OPTIMIZERS;

import dev.alig.conformance.Baseline;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.oracle.PythonPackage;
import dev.alig.conformance.run.ConformanceSettings;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Property;

/** Claims about the optimizers that ALI-G is compared with. */
interface BaselineProperties extends SubjectProperties {
  /** One case per optimizer for this many tries of the other properties. */
  int TRIES_PER_CASE = 20;

  /** The smallest number of cases per optimizer. */
  int FEWEST_CASES = 5;

  @Property
  @Checks(OPTIMIZERS)
  default void optimizersOfThePapersTablesTakeTheirOriginalsSteps() {
    PropertyStatistics statistics = PropertyStatistics.current();
    List<Baseline> baselines = subject().baselines();
    Optional<PythonPackage> torch =
        oracle().filter(PythonPackage.class::isInstance).map(PythonPackage.class::cast);
    if (baselines.isEmpty()) {
      statistics.skip("%s brings no optimizer but ALI-G".formatted(subject().name()));
    } else if (torch.isEmpty()) {
      statistics.skip("the oracle has ALI-G alone; the other originals take PyTorch");
    } else if (!torch.get().description().device().equals("cpu")) {
      statistics.skip("the originals are compared on the processor");
    } else {
      baselines.forEach(baseline -> compare(baseline, torch.get()));
    }
  }

  private void compare(Baseline baseline, PythonPackage torch) {
    PropertyStatistics statistics = PropertyStatistics.current();
    ConformanceSettings settings = conformanceRun().settings();
    Implementation optimizer = baseline.optimizer();
    Judge judge = new Judge(torch.baseline(baseline.original(), optimizer.algorithm()));
    int cases = Math.max(FEWEST_CASES, settings.tries() / TRIES_PER_CASE);
    for (int index = 0; index < cases; index++) {
      String id = "%s-%d-%d".formatted(baseline.original(), settings.seed(), index);
      // As many random numbers as a case takes follow from its name alone.
      StepCase scripted = baseline.draw(id, new SplittableRandom(id.hashCode()));
      statistics.countBaseline(judge.compare(scripted, optimizer), scripted, optimizer.name());
    }
  }
}
