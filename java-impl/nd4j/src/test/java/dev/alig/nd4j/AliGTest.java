package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.alig.GroupSettings;
import dev.alig.NonFinite;
import dev.alig.Settings;
import dev.alig.StepReport;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class AliGTest {
  private final INDArray w = Values.doubles(3, 4);
  private final INDArray b = Values.doubles(10);

  @Test
  void takesAStepOfTheLossOverTheSquaredNormPlusEps() {
    StepReport report = AliG.builder().eps(7).parameters(w).build().step(4, Values.doubles(0, 3));
    assertThat(report.stepSizes()).containsExactly(0.25);
    assertThat(Values.of(w)).containsExactly(3.0, 3.25);
  }

  @Test
  void sumsTheNormOverAllGroups() {
    AliG optimizer = AliG.builder().eps(0).parameters(w).parameters(b).build();
    StepReport report = optimizer.step(5, Values.doubles(0, 3), Values.doubles(4));
    assertThat(report.stepSizes()).containsExactly(0.2, 0.2);
    assertThat(report.gradientNorm()).isEqualTo(5);
  }

  @Test
  void capsEachGroupByItsOwn() {
    AliG optimizer =
        AliG.builder()
            .eps(0)
            .maxLearningRate(0.5)
            .parameters(w)
            .group(new GroupSettings(0.125, 0), b)
            .build();
    optimizer.step(25, Values.doubles(0, 3), Values.doubles(4));
    assertThat(optimizer.stepSizes()).containsExactly(0.5, 0.125);
    assertThat(Values.of(w)).containsExactly(3.0, 2.5);
    assertThat(Values.of(b)).containsExactly(9.5);
  }

  @Test
  void leavesAParameterWithoutGradientAndItsMomentumAlone() {
    AliG optimizer = AliG.builder().eps(0).momentum(0.5).parameters(w, b).build();
    optimizer.step(1, Values.doubles(0, 1), Values.doubles(0));
    List<Double> momentum = Values.of(optimizer.momentumBuffer(0, 0).orElseThrow());
    List<Double> before = Values.of(w);
    optimizer.step(1, Arrays.asList(null, Values.doubles(1)));
    assertThat(Values.of(w)).isEqualTo(before);
    assertThat(Values.of(optimizer.momentumBuffer(0, 0).orElseThrow())).isEqualTo(momentum);
  }

  @Test
  void movesNothingWithoutAnyGradient() {
    AliG optimizer = AliG.builder().eps(0.5).parameters(w).build();
    StepReport report = optimizer.step(1, (INDArray) null);
    assertThat(report.stepSizes()).containsExactly(2.0);
    assertThat(Values.of(w)).containsExactly(3.0, 4.0);
  }

  @Test
  void projectsAllGroupsTogetherWhenBuilt() {
    AliG.builder().l2Ball(2.5).parameters(w).parameters(Values.doubles(0)).build();
    assertThat(Values.of(w)).containsExactly(1.5, 2.0);
  }

  @Test
  void projectsAfterEveryStep() {
    AliG optimizer = AliG.builder().l2Ball(5).parameters(w).build();
    optimizer.apply(new double[] {1}, List.of(Values.doubles(-3, -4)));
    assertThat(Values.of(w)).containsExactly(3.0, 4.0);
  }

  @Test
  void projectsParametersWithoutGradientToo() {
    INDArray still = Values.doubles(0, 4);
    INDArray moving = Values.doubles(0);
    AliG optimizer = AliG.builder().l2Ball(4).parameters(still, moving).build();
    optimizer.apply(new double[] {1}, Arrays.asList(null, Values.doubles(-3)));
    assertThat(still.getDouble(1)).isLessThan(4);
    assertThat(Math.hypot(still.getDouble(1), moving.getDouble(0))).isBetween(3.9999, 4.0001);
  }

  @Test
  void appliesGivenStepSizesWithoutCap() {
    AliG optimizer = AliG.builder().maxLearningRate(0.1).parameters(w).build();
    optimizer.apply(new double[] {2}, List.of(Values.doubles(1, 1)));
    assertThat(Values.of(w)).containsExactly(1.0, 2.0);
    assertThat(optimizer.stepSizes()).containsExactly(2.0);
  }

  @Test
  void refusesAWrongNumberOfStepSizes() {
    AliG optimizer = AliG.builder().parameters(w).build();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> optimizer.apply(new double[] {1, 2}, List.of(Values.doubles(1, 1))))
        .withMessage("expected 1 step sizes, one per group, got 2");
  }

  @Test
  void hasZeroBuffersWhereThereIsMomentumAndNoneElsewhere() {
    AliG optimizer =
        AliG.builder().momentum(0.9).parameters(w).group(GroupSettings.DEFAULT, b).build();
    assertThat(Values.of(optimizer.momentumBuffer(0, 0).orElseThrow())).containsExactly(0.0, 0.0);
    assertThat(optimizer.momentumBuffer(1, 0)).isEmpty();
  }

  @Test
  void givesBuffersAsCopies() {
    AliG optimizer = AliG.builder().momentum(0.9).parameters(w).build();
    optimizer.momentumBuffer(0, 0).orElseThrow().assign(9);
    assertThat(Values.of(optimizer.momentumBuffer(0, 0).orElseThrow())).containsExactly(0.0, 0.0);
  }

  @Test
  void givesBuffersThatOutliveAWorkspace() {
    AliG optimizer = AliG.builder().momentum(0.9).parameters(w).build();
    try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("test")) {
      optimizer.step(1, Values.doubles(1, 1));
      assertThat(workspace.isScopeActive()).isTrue();
      assertThat(optimizer.momentumBuffer(0, 0).orElseThrow().isAttached()).isFalse();
    }
  }

  @Test
  void startsMomentumFromZeroWhenItIsSetLater() {
    AliG optimizer = AliG.builder().parameters(w).build();
    optimizer.setGroup(0, new GroupSettings(GroupSettings.UNCAPPED, 0.5));
    optimizer.apply(new double[] {1}, List.of(Values.doubles(1, 2)));
    assertThat(Values.of(w)).containsExactly(3 - 1 - 0.5, 4 - 2 - 1.0);
  }

  @Test
  void stepsGroupsThatAreAddedLater() {
    AliG optimizer = AliG.builder().momentum(0.5).parameters(w).build();
    optimizer.addGroup(new GroupSettings(1, 0.25), b);
    optimizer.apply(new double[] {0, 1}, List.of(Values.doubles(0, 0), Values.doubles(4)));
    assertThat(Values.of(b)).containsExactly(10 - 4 - 1.0);
    assertThat(optimizer.groups()).extracting(GroupSettings::momentum).containsExactly(0.5, 0.25);
  }

  @Test
  void namesAGroupThatDoesNotExist() {
    AliG optimizer = AliG.builder().parameters(w).build();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> optimizer.setGroup(1, GroupSettings.DEFAULT))
        .withMessage("group must be in [0, 1), was 1");
  }

  @Test
  void namesAParameterThatDoesNotExist() {
    AliG optimizer = AliG.builder().parameters(w).build();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> optimizer.momentumBuffer(0, -1))
        .withMessage("parameter must be in [0, 1), was -1");
  }

  @Test
  void letsNotANumberReachTheParametersAsTheOriginalDoes() {
    AliG.builder().parameters(w).build().step(Double.NaN, Values.doubles(1, 1));
    assertThat(Values.of(w)).containsOnly(Double.NaN);
  }

  @Test
  void changesNothingInAStepThatIsSkipped() {
    Settings settings = Settings.builder().nonFinite(NonFinite.SKIP).build();
    AliG optimizer = AliG.builder().settings(settings).momentum(0.9).parameters(w).build();
    StepReport report = optimizer.step(1, Values.doubles(1, Double.POSITIVE_INFINITY));
    assertThat(report.outcome()).isEqualTo(StepReport.Outcome.SKIPPED);
    assertThat(Values.of(w)).containsExactly(3.0, 4.0);
    assertThat(Values.of(optimizer.momentumBuffer(0, 0).orElseThrow())).containsOnly(0.0);
    assertThat(optimizer.stepCount()).isZero();
    assertThat(optimizer.stepSizes()).containsExactly(0.0);
  }

  @Test
  void tellsTheScheduleHowManyStepsWereTaken() {
    Settings settings = Settings.builder().schedule((step, cap) -> cap / (1 << step)).build();
    AliG optimizer = AliG.builder().settings(settings).maxLearningRate(1).parameters(w).build();
    optimizer.step(100, Values.doubles(1, 1));
    optimizer.step(100, Values.doubles(1, 1));
    optimizer.step(100, Values.doubles(1, 1));
    assertThat(optimizer.stepSizes()).containsExactly(0.25);
    assertThat(optimizer.stepCount()).isEqualTo(3);
  }

  @Test
  void acceptsTheParameterItselfAsItsGradient() {
    AliG.builder().eps(0).parameters(w).build().step(12.5, w);
    assertThat(Values.of(w)).containsExactly(1.5, 2.0);
  }

  @Test
  void measuresFloatNormsInDouble() {
    INDArray many = Nd4j.zeros(DataType.FLOAT, 1 << 22);
    INDArray gradient = Nd4j.valueArrayOf(new long[] {1 << 22}, 0.1f, DataType.FLOAT);
    StepReport report = AliG.builder().eps(0).parameters(many).build().step(1, gradient);
    double squared = (1 << 22) * (double) 0.1f * 0.1f;
    assertThat(report.unclippedStepSize()).isBetween(0.9999998 / squared, 1.0000002 / squared);
  }

  @Test
  void aMomentumBufferOfTheCallersIsChangedInPlace() {
    INDArray state = Values.doubles(0, 1, 2, 0);
    INDArray part = state.get(NDArrayIndex.interval(1, 3));
    INDArray w = Values.doubles(1, 1);
    AliG optimizer = AliG.builder().momentum(0.5).parameters(w).build();
    optimizer.useMomentumBuffer(0, 0, part);
    optimizer.apply(new double[] {1}, List.of(Values.doubles(4, 8)));
    assertThat(Values.of(state)).containsExactly(0.0, 0.5 - 4, 1.0 - 8, 0.0);
    assertThat(optimizer.momentumBuffer(0, 0)).contains(Values.doubles(-3.5, -7));
  }

  @Test
  void aMomentumBufferInAnotherOrderIsRefused() {
    INDArray w = Nd4j.ones(DataType.DOUBLE, 2, 3);
    AliG optimizer = AliG.builder().momentum(0.5).parameters(w).build();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> optimizer.useMomentumBuffer(0, 0, w.dup('f')))
        .withMessageContaining("without gaps in the order 'c'");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> optimizer.useMomentumBuffer(0, 0, Values.doubles(1)))
        .withMessageContaining("shape [2, 3], had [1]");
    assertThat(optimizer.momentumBuffer(0, 0)).contains(Nd4j.zeros(DataType.DOUBLE, 2, 3));
  }

  @Test
  void theFirstProjectionMayBeLeftOut() {
    INDArray w = Values.doubles(3, 4);
    AliG optimizer = AliG.builder().l2Ball(1).withoutFirstProjection().parameters(w).build();
    assertThat(Values.of(w)).containsExactly(3.0, 4.0);
    optimizer.apply(new double[] {0}, List.of(Values.doubles(1, 1)));
    assertThat(optimizer.parameterNorm()).isCloseTo(1, within(4 * Math.ulp(1.0)));
  }

  @Test
  void theParametersNormIsThatOfAllTogether() {
    AliG optimizer =
        AliG.builder().parameters(Values.floats(2, 3)).parameters(Values.floats(6)).build();
    assertThat(optimizer.parameterNorm()).isEqualTo(7);
  }
}
