package dev.alig.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.cases.Cases;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseInProgressTest {
  private static final double PAYLOAD = Double.longBitsToDouble(0xFFF0_0000_DEAD_BEEFL);

  @TempDir private Path folder;

  private Path file;
  private CaseInProgress underWay;

  @BeforeEach
  void create() {
    file = CaseInProgress.in(folder);
    underWay = CaseInProgress.create(file);
  }

  @Test
  void everyCaseIsReadAsItWasWritten() throws IOException {
    for (StepCase scripted :
        Cases.ordinary()
            .withBall()
            .withAbsentGradients()
            .arbitrary()
            .sampleStream()
            .limit(200)
            .toList()) {
      underWay.note(scripted);
      assertThat(CaseInProgress.read(file)).contains(scripted);
    }
  }

  @Test
  void aResumedCaseKeepsThePayloadOfNan() throws IOException {
    StepCase scripted = resumed();
    underWay.note(scripted);
    StepCase read = CaseInProgress.read(file).orElseThrow();
    assertThat(read).isEqualTo(scripted);
    double nan = read.resumed().orElseThrow().parameters().get(0).get(0).get(1);
    assertThat(Double.doubleToRawLongBits(nan)).isEqualTo(Double.doubleToRawLongBits(PAYLOAD));
  }

  private static StepCase resumed() {
    Tensor tensor = Tensor.vector(-0.0, PAYLOAD);
    return new StepCase(
        "resumed",
        DType.DOUBLE,
        Double.MIN_VALUE,
        MomentumForm.ADJUSTED,
        OptionalDouble.of(1),
        List.of(
            new Group(OptionalDouble.empty(), 0.9, List.of(tensor, Tensor.of(List.of(0, 3)))),
            new Group(OptionalDouble.of(0.1), 0, List.of(Tensor.of(List.of(), 1)))),
        List.of(
            new Step(
                Double.NaN,
                LossKind.TENSOR,
                List.of(
                    List.of(Optional.of(tensor), Optional.empty()),
                    List.of(Optional.of(Tensor.of(List.of(), 2)))))),
        Optional.of(
            new State(
                List.of(
                    List.of(tensor, Tensor.of(List.of(0, 3))), List.of(Tensor.of(List.of(), 3))),
                List.of(
                    List.of(Optional.of(tensor), Optional.of(Tensor.of(List.of(0, 3)))),
                    List.of(Optional.empty())))));
  }

  @Test
  void aShorterCaseReplacesALongerOne() throws IOException {
    StepCase longer = Cases.ordinary().withSteps(20, 20).arbitrary().sample();
    StepCase shorter = Cases.ordinary().withSteps(0, 0).arbitrary().sample();
    underWay.note(longer);
    underWay.note(shorter);
    assertThat(CaseInProgress.read(file)).contains(shorter);
  }

  @Test
  void noCaseIsUnderWayBeforeTheFirstAndAfterTheLast() throws IOException {
    assertThat(CaseInProgress.read(file)).isEmpty();
    underWay.note(resumed());
    underWay.clear();
    assertThat(CaseInProgress.read(file)).isEmpty();
    assertThat(CaseInProgress.read(folder.resolve("none"))).isEmpty();
  }

  @Test
  void theNumberChangesWithEveryCase() throws IOException {
    underWay.note(resumed());
    long before = CaseInProgress.number(file);
    underWay.note(resumed());
    assertThat(CaseInProgress.number(file)).isNotEqualTo(before);
  }

  @Test
  void aFileCutShortHoldsNoCase() throws IOException {
    underWay.note(resumed());
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length - 1));
    assertThat(CaseInProgress.read(file)).isEmpty();
  }
}
