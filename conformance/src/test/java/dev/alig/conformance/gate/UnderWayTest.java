package dev.alig.conformance.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.cases.Cases;
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

class UnderWayTest {
  private static final double PAYLOAD = Double.longBitsToDouble(0xFFF0_0000_DEAD_BEEFL);

  @TempDir private Path folder;

  private Path file;
  private UnderWay underWay;

  @BeforeEach
  void create() {
    file = UnderWay.in(folder);
    underWay = UnderWay.create(file);
  }

  @Test
  void everyCaseIsReadAsItWasWritten() throws IOException {
    for (Scripted scripted :
        Cases.ordinary()
            .withBall()
            .withAbsentGradients()
            .arbitrary()
            .sampleStream()
            .limit(200)
            .toList()) {
      underWay.note(scripted);
      assertThat(UnderWay.read(file)).contains(scripted);
    }
  }

  @Test
  void aResumedCaseKeepsThePayloadOfNan() throws IOException {
    Scripted scripted = resumed();
    underWay.note(scripted);
    Scripted read = UnderWay.read(file).orElseThrow();
    assertThat(read).isEqualTo(scripted);
    double nan = read.resumed().orElseThrow().parameters().get(0).get(0).get(1);
    assertThat(Double.doubleToRawLongBits(nan)).isEqualTo(Double.doubleToRawLongBits(PAYLOAD));
  }

  private static Scripted resumed() {
    Tensor tensor = Tensor.vector(-0.0, PAYLOAD);
    return new Scripted(
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
    Scripted longer = Cases.ordinary().withSteps(20, 20).arbitrary().sample();
    Scripted shorter = Cases.ordinary().withSteps(0, 0).arbitrary().sample();
    underWay.note(longer);
    underWay.note(shorter);
    assertThat(UnderWay.read(file)).contains(shorter);
  }

  @Test
  void noCaseIsUnderWayBeforeTheFirstAndAfterTheLast() throws IOException {
    assertThat(UnderWay.read(file)).isEmpty();
    underWay.note(resumed());
    underWay.clear();
    assertThat(UnderWay.read(file)).isEmpty();
    assertThat(UnderWay.read(folder.resolve("none"))).isEmpty();
  }

  @Test
  void theNumberChangesWithEveryCase() throws IOException {
    underWay.note(resumed());
    long before = UnderWay.number(file);
    underWay.note(resumed());
    assertThat(UnderWay.number(file)).isNotEqualTo(before);
  }

  @Test
  void aFileCutShortHoldsNoCase() throws IOException {
    underWay.note(resumed());
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length - 1));
    assertThat(UnderWay.read(file)).isEmpty();
  }
}
