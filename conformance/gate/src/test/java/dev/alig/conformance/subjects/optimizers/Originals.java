package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.torch.TorchOracle;
import dev.alig.python.PythonEnvironment;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The originals in PyTorch, and what they say of an optimizer. */
final class Originals {
  private static final TorchOracle TORCH =
      TorchOracle.open(PythonEnvironment.prepare(System.err), Optional.empty());

  private Originals() {}

  /** The table's optimizer of that name. */
  static TableOptimizer named(String name) {
    return TableOptimizer.all().stream()
        .filter(optimizer -> optimizer.original().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static StepCase draw(TableOptimizer optimizer, int index) {
    String id = optimizer.original() + "-" + index;
    return optimizer.draw(id, new SplittableRandom(id.hashCode()));
  }

  /** The verdicts on a subject in a table optimizer's place, case by case, when they are asked. */
  static Stream<Verdict> judge(TableOptimizer optimizer, Implementation subject, int cases) {
    Judge judge = new Judge(TORCH.baseline(optimizer.original(), optimizer.rule()));
    return IntStream.range(0, cases)
        .mapToObj(index -> judge.compare(draw(optimizer, index), subject));
  }
}
