package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.NegativeLoss;
import dev.alig.NonFinite;
import dev.alig.Settings;
import dev.alig.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A step that throws, wherever it does, leaves everything as it was. */
class AtomicityTest {
  private final INDArray w = Values.floats(3, 4);
  private final INDArray b = Values.floats(5);
  private FailingStorage storage = new FailingStorage(false);

  private Engine<float[]> newEngine(Settings settings, boolean inPlace) {
    storage = new FailingStorage(inPlace);
    Engine<float[]> engine = new Engine<>(storage, settings, Kernels.chosen(), false);
    engine.addGroup(new GroupSettings(0.5, 0.9), List.of(w));
    engine.addGroup(new GroupSettings(0.25, 0.9), List.of(b));
    return engine;
  }

  private Engine<float[]> engine(Settings settings, boolean inPlace) {
    Engine<float[]> engine = newEngine(settings, inPlace);
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
  @EnumSource(
      value = FailingStorage.Point.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NEVER", "NEW_MOMENTUM"})
  void aFailureAtTheLastParameterUndoesTheFirst(FailingStorage.Point point) {
    Engine<float[]> engine = engine(Settings.builder().ball(new L2Ball(1)).build(), false);
    storage.failAt = point;
    assertUnchangedBy(
        engine,
        IllegalStateException.class,
        () -> engine.step(1, List.of(Values.floats(1, 2), Values.floats(3))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMomentumThatFindsNoMemoryChangesNothing(boolean inPlace) {
    Engine<float[]> engine = newEngine(Settings.DEFAULT, inPlace);
    List<Object> before = everything(engine);
    storage.failAt = FailingStorage.Point.NEW_MOMENTUM;
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> engine.step(1, List.of(Values.floats(1, 2), Values.floats(3))));
    storage.failAt = FailingStorage.Point.NEVER;
    assertThat(everything(engine)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBadGradientAfterAGoodOneChangesNothing(boolean inPlace) {
    Engine<float[]> engine = engine(Settings.DEFAULT, inPlace);
    assertUnchangedBy(
        engine,
        IllegalArgumentException.class,
        () -> engine.step(1, List.of(Values.floats(1, 2), Values.floats(3, 4))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aScheduleThatThrowsForTheSecondGroupChangesNothing(boolean inPlace) {
    Engine<float[]> engine =
        engine(
            Settings.builder()
                .schedule((step, cap) -> step == 1 && cap == 0.25 ? Double.NaN : cap)
                .build(),
            inPlace);
    assertUnchangedBy(
        engine,
        IllegalArgumentException.class,
        () -> engine.step(1, List.of(Values.floats(1, 2), Values.floats(3))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRefusedLossChangesNothing(boolean inPlace) {
    Engine<float[]> engine =
        engine(Settings.builder().negativeLoss(NegativeLoss.REFUSE).build(), inPlace);
    assertUnchangedBy(
        engine,
        IllegalArgumentException.class,
        () -> engine.step(-1, List.of(Values.floats(1, 2), Values.floats(3))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRefusedGradientChangesNothing(boolean inPlace) {
    Engine<float[]> engine =
        engine(Settings.builder().nonFinite(NonFinite.REFUSE).build(), inPlace);
    assertUnchangedBy(
        engine,
        IllegalArgumentException.class,
        () -> engine.step(1, List.of(Values.floats(1, 2), Values.floats(Double.NaN))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aGroupThatIsRefusedIsNotAdded(boolean inPlace) {
    Engine<float[]> engine = engine(Settings.DEFAULT, inPlace);
    assertUnchangedBy(
        engine,
        IllegalArgumentException.class,
        () -> engine.addGroup(GroupSettings.DEFAULT, List.of(Values.floats(1), w)));
    assertThat(engine.groupSettings()).hasSize(2);
  }
}
