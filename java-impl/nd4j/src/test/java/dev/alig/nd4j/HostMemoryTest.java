package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.Settings;
import dev.alig.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a back end with two sides of memory has to be asked and told, on a made-up one. */
class HostMemoryTest {
  private final TwoSides sides = new TwoSides();

  private Storage<?> storage(DataType type) {
    HostMemory host = new HostMemory(sides);
    return switch (type) {
      case DOUBLE -> new DoubleStorage(host);
      case FLOAT -> new FloatStorage(host);
      default -> new HalfStorage(type, host);
    };
  }

  private INDArray onDevice(DataType type, double... values) {
    INDArray array = Nd4j.create(type, values.length);
    sides.assign(array, Values.vector(type, values));
    return array;
  }

  /** Reads an array, and gives another one the elements. */
  private static <A> Runnable copy(Storage<A> storage, INDArray from, INDArray to) {
    return storage.prepare(to, storage.read(from));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
  void whatTheDeviceHasIsReadAndWhatIsWrittenReachesIt(DataType type) {
    INDArray from = onDevice(type, 1, 2, 3);
    INDArray to = onDevice(type, 4, 5, 6);
    copy(storage(type), from, to).run();
    assertThat(sides.seen(to)).containsExactly(1.0, 2.0, 3.0);
    assertThat(sides.seen(from)).containsExactly(1.0, 2.0, 3.0);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE", "HALF"})
  void aNewArrayReachesTheDevice(DataType type) {
    INDArray from = onDevice(type, 1, 2, 3);
    assertThat(sides.seen(copied(storage(type), from))).containsExactly(1.0, 2.0, 3.0);
  }

  private static <A> INDArray copied(Storage<A> storage, INDArray from) {
    return storage.newArray(storage.read(from), from.shape());
  }

  @Test
  void aStoreInAViewKeepsWhatTheDeviceDidBesideItMeanwhile() {
    INDArray matrix = Nd4j.create(DataType.FLOAT, 2, 2);
    sides.assign(matrix, Values.floats(1, 2, 3, 4).reshape(2, 2));
    Runnable store =
        copy(storage(DataType.FLOAT), onDevice(DataType.FLOAT, 7, 8), matrix.getRow(0));
    sides.assign(matrix.getRow(1), Values.floats(5, 6));
    store.run();
    assertThat(sides.seen(matrix)).containsExactly(7.0, 8.0, 5.0, 6.0);
  }

  /** ND4J gathers those by itself; the copy is what the back end is asked for. */
  @Test
  void elementsWithGapsAreReadFromACopyThatIsAskedFor() {
    INDArray matrix = Nd4j.create(DataType.FLOAT, 2, 3);
    INDArray column = matrix.getColumn(1);
    storage(DataType.FLOAT).read(column);
    assertThat(sides.ensured)
        .singleElement()
        .satisfies(asked -> assertThat(asked).isNotSameAs(column).isNotSameAs(matrix));
  }

  @Test
  void whereParametersLieIsAskedOnTheHost() {
    INDArray one = onDevice(DataType.FLOAT, 1, 2);
    INDArray two = onDevice(DataType.FLOAT, 3, 4);
    sides.ensured.clear();
    Overlaps.requireNone(
        List.of(new Overlaps.Named("one", one), new Overlaps.Named("two", two)),
        new HostMemory(sides));
    assertThat(sides.ensured).containsExactly(one, two);
  }

  /** Half types are stepped on copies, wherever they are. */
  @Test
  void stepsOnADeviceGiveTheNumbersOfStepsOnTheHost() {
    List<Object> onDevice = steps(new HostMemory(sides), sides::seen);
    assertThat(onDevice).isEqualTo(steps(HostMemory.ofNd4j(), Values::of));
    assertThat(onDevice.toString()).doesNotContain("NaN");
  }

  /**
   * A projection and three steps.
   *
   * @param seen what operations of the back end see of an array
   */
  private static List<Object> steps(HostMemory host, Function<INDArray, List<Double>> seen) {
    Settings settings = Settings.builder().ball(new L2Ball(3)).build();
    Engine<?> engine =
        new Engine<>(new HalfStorage(DataType.FLOAT16, host), settings, Kernels.chosen(), false);
    INDArray parameter = Values.vector(DataType.FLOAT16, 1, -2, 3);
    List<Object> all = new ArrayList<>(seen.apply(parameter));
    engine.addGroup(new GroupSettings(0.1, 0.9), List.of(parameter));
    engine.project();
    for (int step = 1; step <= 3; step++) {
      INDArray gradient = Values.vector(DataType.FLOAT16, step, 0.5, -step);
      all.add(seen.apply(gradient));
      all.add(engine.step(3, List.of(gradient)));
      all.add(seen.apply(parameter));
    }
    all.add(engine.parameterNorm());
    return all;
  }
}
