package dev.alig.conformance.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.OracleException;
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
  private static final Scripted CASE = scripted(0.5);

  private static Scripted scripted(double loss) {
    return new Scripted(
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
  private record Spoiled(UnaryOperator<Scripted> asked) implements Implementation {
    @Override
    public String name() {
      return "spoiled";
    }

    @Override
    public Trace run(Scripted scripted) {
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

  private static Observation look(
      Implementation oracle, Implementation subject, Trace plain, Trace portable, String bridge) {
    return new Trial(CASE, oracle, subject, Optional.of(plain), Optional.of(portable), bridge)
        .observe();
  }

  @Test
  void nobodyIsOffWhereAllAgree() {
    Trace trace = SOUND.run(CASE);
    Observation seen = look(SOUND, SOUND, trace, trace, "");
    assertThat(seen.differs()).isFalse();
    assertThat(seen.blame()).isEqualTo(Blame.NOBODY);
    assertThat(seen.bits()).isEqualTo(seen.portable());
  }

  @Test
  void anOracleThatIsOffWithAnyKernelsIsToBlame() {
    Trace off = OFF.run(CASE);
    Observation seen = look(OFF, SOUND, off, off, "");
    assertThat(seen.differs()).isTrue();
    assertThat(seen.blame()).isEqualTo(Blame.ORACLE);
    assertThat(seen.facts()).contains("spoiled against exact arithmetic: differs");
  }

  @Test
  void anOracleThatIsOffWithKernelsForTheDeviceAloneIsTheDevices() {
    Observation seen = look(OFF, SOUND, OFF.run(CASE), SOUND.run(CASE), "");
    assertThat(seen.blame()).isEqualTo(Blame.DEVICE);
  }

  @Test
  void aSubjectThatIsOffIsJavas() {
    Trace trace = SOUND.run(CASE);
    Observation seen = look(SOUND, OFF, trace, trace, "");
    assertThat(seen.differs()).isTrue();
    assertThat(seen.blame()).isEqualTo(Blame.JAVA);
  }

  @Test
  void numbersThatChangeOnTheWayAreJeps() {
    Trace sound = SOUND.run(CASE);
    Observation seen = look(OFF, SOUND, sound, sound, "");
    assertThat(seen.blame()).isEqualTo(Blame.JEP);
    Observation silent = look(SOUND, SOUND, SOUND.run(scripted(0.6)), sound, "");
    assertThat(silent.differs()).isTrue();
    assertThat(silent.blame()).isEqualTo(Blame.JEP);
  }

  @Test
  void aBridgeThatFailsIsJeps() {
    Trace off = OFF.run(CASE);
    Observation seen = look(OFF, SOUND, off, off, "a float came back as another");
    assertThat(seen.blame()).isEqualTo(Blame.JEP);
    assertThat(seen.facts()).contains("a float came back as another");
  }

  @Test
  void anOracleThatRaisesIsToBlame() {
    Implementation raising =
        new Spoiled(
            s -> {
              throw new OracleException("add_() received an invalid combination of arguments");
            });
    Trace trace = SOUND.run(CASE);
    Observation seen = look(raising, SOUND, trace, trace, "");
    assertThat(seen.differs()).isTrue();
    assertThat(seen.blame()).isEqualTo(Blame.ORACLE);
    assertThat(seen.facts()).contains("add_()");
  }
}
