package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.sweep.Observation.Blame;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Who is to blame, with exact arithmetic in the parts of oracle and subject, one of them spoiled.
 */
class TrialTest {
  private static final Implementation SOUND = new ExactOracle();

  private static StepCase scripted(double loss) {
    return new StepCase(
        "one",
        DType.FLOAT,
        1e-5,
        MomentumForm.STANDARD,
        OptionalDouble.empty(),
        List.of(new Group(OptionalDouble.of(0.1), 0.9, List.of(Tensor.vector(1, 2)))),
        List.of(
            new Step(loss, LossKind.FLOAT, List.of(List.of(Optional.of(Tensor.vector(0.25, -4)))))),
        Optional.empty());
  }

  /** Exact arithmetic on another case than the one asked. */
  private record Spoiled(UnaryOperator<StepCase> asked) implements Implementation {
    @Override
    public String name() {
      return "spoiled";
    }

    @Override
    public Trace run(StepCase scripted) {
      return SOUND.run(asked.apply(scripted));
    }
  }

  /** One whose update is that of half the momentum. */
  private static final Implementation OFF =
      new Spoiled(
          s ->
              s.withGroups(
                  s.groups().stream()
                      .map(g -> new Group(g.maxLearningRate(), g.momentum() / 2, g.parameters()))
                      .toList()));

  /** What is seen where an oracle answers, its portable kernels, and a gate says this. */
  private static Observation look(
      Implementation oracle,
      Optional<Implementation> portable,
      Implementation subject,
      String ofGate,
      String ofJep) {
    return new Trial(
            List.of(answer(SOUND, 0.3), answer(oracle, 0.5)),
            portable.map(it -> List.of(answer(it, 0.3), answer(it, 0.5))).orElse(List.of()),
            AliG.TORCH,
            subject,
            ofGate,
            ofJep)
        .observe();
  }

  private static Recorded answer(Implementation oracle, double loss) {
    StepCase asked = scripted(loss);
    return new Recorded(Origin.TH, asked, oracle.run(asked));
  }

  @Test
  void nobodyIsOffWhereAllAgree() {
    Observation seen = look(SOUND, Optional.of(SOUND), SOUND, "", "");
    assertThat(seen.differs()).isFalse();
    assertThat(seen.blame()).isEqualTo(Blame.NOBODY);
    assertThat(seen.bits()).isEqualTo(seen.portable());
    assertThat(look(SOUND, Optional.empty(), SOUND, "", "").portable()).isEmpty();
  }

  @Test
  void anOracleThatIsOffWithAnyKernelsIsToBlame() {
    Observation seen = look(OFF, Optional.of(OFF), SOUND, "differs", "");
    assertThat(seen.differs()).isTrue();
    assertThat(seen.blame()).isEqualTo(Blame.ORACLE);
    assertThat(seen.facts()).contains("the oracle against exact arithmetic: differs");
    assertThat(look(OFF, Optional.empty(), SOUND, "differs", "").blame()).isEqualTo(Blame.ORACLE);
  }

  @Test
  void anOracleThatIsOffWithKernelsForTheDeviceAloneIsTheDevices() {
    Observation seen = look(OFF, Optional.of(SOUND), SOUND, "differs", "");
    assertThat(seen.blame()).isEqualTo(Blame.DEVICE);
  }

  @Test
  void aSubjectThatIsOffIsJavas() {
    Observation seen = look(SOUND, Optional.of(SOUND), OFF, "differs", "");
    assertThat(seen.differs()).isTrue();
    assertThat(seen.blame()).isEqualTo(Blame.JAVA);
  }

  @Test
  void numbersThatChangeOnTheWayAreJeps() {
    Observation seen = look(SOUND, Optional.of(SOUND), SOUND, "", "expected 1, actual 2");
    assertThat(seen.differs()).isTrue();
    assertThat(seen.blame()).isEqualTo(Blame.JEP);
    assertThat(seen.facts()).contains("through Jep: expected 1, actual 2");
  }

  @Test
  void numbersThatAreOffInPlainPythonAreNotJeps() {
    assertThat(look(OFF, Optional.of(OFF), SOUND, "differs", "differs").blame())
        .isEqualTo(Blame.ORACLE);
    assertThat(look(OFF, Optional.of(SOUND), SOUND, "differs", "differs").blame())
        .isEqualTo(Blame.DEVICE);
  }

  @Test
  void otherNumbersAreOtherBits() {
    assertThat(look(SOUND, Optional.empty(), SOUND, "", "").bits())
        .isNotEqualTo(look(OFF, Optional.empty(), SOUND, "", "").bits());
  }
}
