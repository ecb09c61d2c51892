package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Whole runs in DOUBLE against the slow twin. */
class AliGAgainstReferenceTest {
  /**
   * Relative to the largest value: 6 steps of at most 10 roundings on each element, and two norms
   * of 12 elements a step, stay under 200 units of 2⁻⁵³; step sizes stay below 1 and |μ| ≤ 1.2, so
   * that earlier errors grow by less than 10 in a run.
   */
  private static final double TOLERANCE = 200 * 10 * 0x1p-53;

  record Case(GroupSettings group, double eps, MomentumForm form, double radius, long seed) {}

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<GroupSettings> groups =
        Combinators.combine(Arbitraries.of(0.05, 0.3, 1.0), Arbitraries.of(0.0, 0.5, 0.9, 1.2))
            .as(GroupSettings::new);
    return Combinators.combine(
            groups,
            Arbitraries.of(0.0, 1e-5, 1.0),
            Arbitraries.of(MomentumForm.class),
            Arbitraries.of(1.0, 3.0, Double.POSITIVE_INFINITY),
            Arbitraries.longs())
        .as(Case::new);
  }

  @Property
  void runsLikeTheReference(@ForAll("cases") Case c) {
    Random random = new Random(c.seed);
    double[] start = random.doubles(12, -2, 2).toArray();
    INDArray w = Nd4j.createFromArray(start.clone()).reshape('c', 3, 4);
    AliG optimizer =
        AliG.builder().eps(c.eps).momentumForm(c.form).l2Ball(c.radius).group(c.group, w).build();
    ReferenceAliG reference = new ReferenceAliG(c.group, c.eps, c.form, c.radius, start);
    assertClose(Values.of(w), reference.parameters());
    for (int step = 0; step < 6; step++) {
      double loss = random.nextDouble() * 3;
      double[] g = random.doubles(12, -1, 1).toArray();
      double gamma = reference.step(loss, g);
      var report = optimizer.step(loss, Nd4j.createFromArray(g).reshape('c', 3, 4));
      assertClose(report.stepSizes(), List.of(gamma));
      assertClose(Values.of(w), reference.parameters());
      if (c.group.hasMomentum()) {
        assertClose(Values.of(optimizer.momentumBuffer(0, 0).orElseThrow()), reference.momentum());
      }
    }
  }

  private static void assertClose(List<Double> actual, List<Double> expected) {
    double largest = expected.stream().mapToDouble(Math::abs).max().orElseThrow();
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i)).isCloseTo(expected.get(i), offset(TOLERANCE * largest));
    }
  }
}
