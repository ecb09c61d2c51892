package dev.alig.conformance.subjects.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.Closeness;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each optimizer of the paper's tables takes the steps of its original. */
class TableOptimizersTest {
  private static final int CASES = Integer.getInteger("optimizers.cases", 40);

  static List<TableOptimizer> optimizers() {
    return TableOptimizer.all();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void anOptimizerAgreesWithItsOriginal(TableOptimizer optimizer) {
    List<Verdict> verdicts = Originals.judge(optimizer, optimizer.optimizer(), CASES).toList();
    Closeness ours = Closeness.NONE;
    Closeness theirs = Closeness.NONE;
    long numbers = 0;
    for (Verdict verdict : verdicts) {
      assertThat(verdict).isInstanceOf(Verdict.Agrees.class);
      Verdict.Agrees agrees = (Verdict.Agrees) verdict;
      ours = ours.and(agrees.subject());
      theirs = theirs.and(agrees.oracle());
      numbers += agrees.comparisons();
    }
    System.out.printf(
        "%-8s %s, %d cases, %d numbers, closest to a bound %.3f, original %.3f%n",
        optimizer.original(),
        optimizer.rule().isBitwise() ? "equal bit for bit" : "within bounds",
        verdicts.size(),
        numbers,
        ours.worst().ratio(),
        theirs.worst().ratio());
  }
}
