package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import dev.alig.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A step in ND4J's memory gives the bits of one on copies, and stands back where it would not. */
class InPlacePassTest {
  private static final Settings SETTINGS = Settings.builder().ball(new L2Ball(30)).build();

  private static Engine<float[]> engine(
      boolean inPlace, Settings settings, INDArray... parameters) {
    Engine<float[]> engine =
        new Engine<>(new FailingStorage(inPlace), settings, Kernels.chosen(), false);
    engine.addGroup(new GroupSettings(0.1, 0.9), List.of(parameters));
    return engine;
  }

  private static INDArray wave(long length, double pace) {
    return Nd4j.linspace(0, pace * length, length, DataType.DOUBLE)
        .subi(0.3 * pace * length)
        .castTo(DataType.FLOAT);
  }

  private static List<Object> run(boolean inPlace, MomentumForm form, long... lengths) {
    INDArray[] parameters =
        Arrays.stream(lengths).mapToObj(n -> wave(n, 1e-2)).toArray(INDArray[]::new);
    Settings settings = SETTINGS.toBuilder().momentumForm(form).build();
    Engine<float[]> engine = engine(inPlace, settings, parameters);
    List<Object> all = new ArrayList<>();
    for (int step = 0; step < 3; step++) {
      double pace = 1e-3 * (step + 1);
      List<INDArray> gradients = Arrays.stream(lengths).mapToObj(n -> wave(n, pace)).toList();
      all.add(engine.step(3, gradients));
    }
    for (int i = 0; i < parameters.length; i++) {
      all.add(Values.of(parameters[i]));
      all.add(Values.of(engine.momentumBuffer(0, i).orElseThrow()));
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource(MomentumForm.class)
  void givesTheBitsOfCopies(MomentumForm form) {
    long[] lengths = {1, 5000, 33, 0x10000, 1000};
    assertThat(run(true, form, lengths)).isEqualTo(run(false, form, lengths));
  }

  /** Long enough for more than one thread, where the machine has them. */
  @Test
  void givesTheBitsOfCopiesOnSeveralThreads() {
    assertThat(run(true, MomentumForm.STANDARD, 1_200_000, 7))
        .isEqualTo(run(false, MomentumForm.STANDARD, 1_200_000, 7));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aGradientMayBeTheParameter(boolean inPlace) {
    INDArray w = Values.floats(1, 2, 3);
    engine(inPlace, Settings.DEFAULT, w).apply(List.of(0.5), List.of(w));
    assertThat(Values.of(w)).isEqualTo(moved(1, 2, 3));
  }

  /** w - γg + μ(-γg) with g = w, γ = 0.5, μ = 0.9 as {@code float} has it. */
  private static List<Double> moved(double... values) {
    return Arrays.stream(values)
        .mapToObj(
            w -> (double) Math.fma((float) (-0.5 * w), 0.9f, Math.fma((float) w, -0.5f, (float) w)))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 600})
  void aGradientMayMeetParametersInMemory(long shift) {
    List<List<Double>> results = new ArrayList<>();
    for (boolean inPlace : new boolean[] {false, true}) {
      INDArray all = wave(4000, 1e-3);
      INDArray a = all.get(NDArrayIndex.interval(0, 1000));
      INDArray b = all.get(NDArrayIndex.interval(2000, 3000));
      INDArray ofA = all.get(NDArrayIndex.interval(1000 + shift, 2000 + shift));
      INDArray ofB = all.get(NDArrayIndex.interval(shift, 1000 + shift));
      engine(inPlace, SETTINGS, a, b).step(1, List.of(ofA, ofB));
      results.add(Values.of(all));
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void aMomentumFromElsewhereMeetsAParameterInAnyLayout(Layout layout) {
    INDArray values = Nd4j.linspace(-2, 3, 12, DataType.FLOAT).reshape(3, 4);
    List<List<Double>> results = new ArrayList<>();
    for (boolean inPlace : new boolean[] {false, true}) {
      INDArray w = layout.of(values);
      Engine<float[]> engine = engine(inPlace, SETTINGS, w);
      engine.setMomentumBuffer(0, 0, values.mul(values));
      engine.step(1, List.of(layout.of(values.add(1))));
      results.add(Values.of(w));
      results.add(Values.of(engine.momentumBuffer(0, 0).orElseThrow()));
    }
    assertThat(results.subList(2, 4)).isEqualTo(results.subList(0, 2));
  }

  @Test
  void rangesMeetWhereTheyShareAByte() {
    Ranges ranges = new Ranges(new long[] {100, 20, 50}, new long[] {10, 5, 0});
    assertThat(ranges.meet(99, 1)).isFalse();
    assertThat(ranges.meet(99, 2)).isTrue();
    assertThat(ranges.meet(109, 1)).isTrue();
    assertThat(ranges.meet(110, 5)).isFalse();
    assertThat(ranges.meet(0, 20)).isFalse();
    assertThat(ranges.meet(24, 3)).isTrue();
    assertThat(ranges.meet(25, 75)).isFalse();
    assertThat(ranges.meet(0, 1000)).isTrue();
  }
}
