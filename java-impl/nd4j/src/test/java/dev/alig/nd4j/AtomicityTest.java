package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.NegativeLoss;
import dev.alig.NonFinite;
import dev.alig.Settings;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A step that throws, wherever it does, leaves everything as it was. */
class AtomicityTest {
  private final INDArray w = Values.floats(3, 4);
  private final INDArray b = Values.floats(5);
  private final FailingStorage storage = new FailingStorage(false);

  private Engine<float[]> engine(Settings settings) {
    Engine<float[]> engine = new Engine<>(storage, settings);
    engine.addGroup(new GroupSettings(0.5, 0.9), List.of(w));
    engine.addGroup(new GroupSettings(0.25, 0.9), List.of(b));
    engine.step(1, List.of(Values.floats(1, 2), Values.floats(3)));
    return engine;
  }

  private List<Object> everything(Engine<float[]> engine) {
    List<Object> all = new ArrayList<>(List.of(Values.of(w), Values.of(b)));
    all.add(Values.of(engine.momentumBuffer(0, 0).orElseThrow()));
    all.add(Values.of(engine.momentumBuffer(1, 0).orElseThrow()));
    all.add(engine.stepCount());
    all.add(engine.stepSizes());
    return all;
  }

  private void assertUnchangedBy(
      Engine<float[]> engine, Class<? extends Exception> type, ThrowingCallable step) {
    List<Object> before = everything(engine);
    assertThatExceptionOfType(type).isThrownBy(step);
    storage.failAt = FailingStorage.Point.NEVER;
    assertThat(everything(engine)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(value = FailingStorage.Point.class, mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
  void aFailureAtTheLastParameterUndoesTheFirst(FailingStorage.Point point) {
    Engine<float[]> engine = engine(Settings.builder().ball(new L2Ball(1)).build());
    storage.failAt = point;
    assertUnchangedBy(
        engine,
        IllegalStateException.class,
        () -> engine.step(1, List.of(Values.floats(1, 2), Values.floats(3))));
  }

  @Test
  void aBadGradientAfterAGoodOneChangesNothing() {
    Engine<float[]> engine = engine(Settings.DEFAULT);
    assertUnchangedBy(
        engine,
        IllegalArgumentException.class,
        () -> engine.step(1, List.of(Values.floats(1, 2), Values.floats(3, 4))));
  }

  @Test
  void aScheduleThatThrowsForTheSecondGroupChangesNothing() {
    Engine<float[]> engine =
        engine(
            Settings.builder()
                .schedule((step, cap) -> step == 1 && cap == 0.25 ? Double.NaN : cap)
                .build());
    assertUnchangedBy(
        engine,
        IllegalArgumentException.class,
        () -> engine.step(1, List.of(Values.floats(1, 2), Values.floats(3))));
  }

  @Test
  void aRefusedLossChangesNothing() {
    Engine<float[]> engine = engine(Settings.builder().negativeLoss(NegativeLoss.REFUSE).build());
    assertUnchangedBy(
        engine,
        IllegalArgumentException.class,
        () -> engine.step(-1, List.of(Values.floats(1, 2), Values.floats(3))));
  }

  @Test
  void aRefusedGradientChangesNothing() {
    Engine<float[]> engine = engine(Settings.builder().nonFinite(NonFinite.REFUSE).build());
    assertUnchangedBy(
        engine,
        IllegalArgumentException.class,
        () -> engine.step(1, List.of(Values.floats(1, 2), Values.floats(Double.NaN))));
  }

  @Test
  void aGroupThatIsRefusedIsNotAdded() {
    Engine<float[]> engine = engine(Settings.DEFAULT);
    assertUnchangedBy(
        engine,
        IllegalArgumentException.class,
        () -> engine.addGroup(GroupSettings.DEFAULT, List.of(Values.floats(1), w)));
    assertThat(engine.groupSettings()).hasSize(2);
  }
}
