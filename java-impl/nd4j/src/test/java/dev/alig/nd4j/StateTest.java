package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.MomentumForm;
import dev.alig.NegativeLoss;
import dev.alig.NonFinite;
import dev.alig.Settings;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StateTest {
  private static final Settings SETTINGS =
      new Settings(
          0.25,
          MomentumForm.ADJUSTED,
          new L2Ball(3),
          -1,
          NegativeLoss.STOP,
          NonFinite.SKIP,
          (step, cap) -> cap / (1 + step),
          true);

  private static AliG optimizer(INDArray w, INDArray b) {
    return AliG.builder()
        .settings(SETTINGS)
        .group(new GroupSettings(0.5, 0.9), w)
        .group(new GroupSettings(0.25, 0), b)
        .build();
  }

  private static AliG plain(INDArray... parameters) {
    return AliG.builder().momentum(0.1).parameters(parameters).build();
  }

  private static void train(AliG optimizer, int from, int to, INDArray w, INDArray b) {
    for (int step = from; step < to; step++) {
      Random random = new Random(step);
      INDArray gradient = Nd4j.createFromArray(random.doubles(6).toArray()).reshape(2, 3);
      INDArray other = Values.doubles(random.nextGaussian(), 2);
      optimizer.step(
          random.nextDouble(), gradient.castTo(w.dataType()), other.castTo(b.dataType()));
    }
  }

  private static byte[] save(AliG optimizer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    optimizer.save(out);
    return out.toByteArray();
  }

  private static void load(AliG optimizer, byte[] state) throws IOException {
    optimizer.load(new ByteArrayInputStream(state));
  }

  @Test
  void savingFlushesTheStream() throws IOException {
    AliG optimizer = plain(Values.doubles(1, 2));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    optimizer.save(new BufferedOutputStream(out));
    assertThat(out.toByteArray()).isEqualTo(save(optimizer));
  }

  @Test
  void aMomentumBufferThatIsSetReadsBack() {
    AliG optimizer = plain(Values.doubles(1, 2));
    optimizer.setMomentumBuffer(0, 0, Values.doubles(3, 4));
    assertThat(optimizer.momentumBuffer(0, 0)).contains(Values.doubles(3, 4));
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
  void aResumedRunGoesOnBitForBit(DataType type) throws IOException {
    INDArray w = Nd4j.ones(type, 3, 2).transpose();
    INDArray b = Nd4j.ones(type, 2);
    AliG optimizer = optimizer(w, b);
    train(optimizer, 0, 5, w, b);
    byte[] state = save(optimizer);
    INDArray resumedW = w.dup();
    INDArray resumedB = b.dup();
    train(optimizer, 5, 9, w, b);
    AliG resumed = optimizer(resumedW, resumedB);
    load(resumed, state);
    train(resumed, 5, 9, resumedW, resumedB);
    assertThat(Values.of(resumedW)).isEqualTo(Values.of(w));
    assertThat(Values.of(resumedB)).isEqualTo(Values.of(b));
    assertThat(save(resumed)).isEqualTo(save(optimizer));
  }

  @Test
  void everySettingComesBack() throws IOException {
    byte[] state = save(optimizer(Nd4j.ones(2, 3), Nd4j.ones(2)));
    AliG other = AliG.builder().parameters(Nd4j.ones(2, 3)).parameters(Nd4j.ones(2)).build();
    load(other, state);
    assertThat(other.settings())
        .isEqualTo(SETTINGS.toBuilder().schedule(other.settings().schedule()).build());
    assertThat(other.groups())
        .containsExactly(new GroupSettings(0.5, 0.9), new GroupSettings(0.25, 0));
  }

  @Test
  void theScheduleStaysTheOptimizersOwn() throws IOException {
    AliG optimizer = optimizer(Nd4j.ones(2, 3), Nd4j.ones(2));
    load(optimizer, save(optimizer));
    assertThat(optimizer.settings().schedule()).isSameAs(SETTINGS.schedule());
  }

  @Test
  void bytesAfterTheStateAreLeftInTheStream() throws IOException {
    AliG optimizer = plain(Values.floats(1));
    byte[] state = save(optimizer);
    ByteArrayInputStream in = new ByteArrayInputStream(Arrays.copyOf(state, state.length + 7));
    optimizer.load(in);
    assertThat(in.available()).isEqualTo(7);
  }

  @Test
  void theFormatIsTheDocumentedOne() throws IOException {
    byte[] state = save(plain(Values.floats(1)));
    assertThat(Arrays.copyOf(state, 15))
        .isEqualTo(new byte[] {'A', 'L', 'I', 'G', 0, 0, 0, 2, 0, 5, 'F', 'L', 'O', 'A', 'T'});
  }

  private static void assertRefused(AliG optimizer, byte[] state, String message) {
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> load(optimizer, state))
        .withMessageContaining(message);
  }

  @Test
  void somethingElseIsRefused() {
    assertRefused(plain(Values.floats(1)), new byte[64], "not a saved ALI-G state");
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    AliG optimizer = plain(Values.floats(1));
    byte[] state = save(optimizer);
    state[7] = 3;
    assertRefused(optimizer, state, "format version is 3 in the state and 2 in the optimizer");
  }

  /** Format 1 had no wide norm. */
  @Test
  void aStateOfFormat1IsRead() throws IOException {
    AliG optimizer = trained();
    byte[] state = save(optimizer);
    int wideNorm =
        new String(state, StandardCharsets.ISO_8859_1).indexOf("PROPAGATE") + "PROPAGATE".length();
    ByteBuffer former = ByteBuffer.allocate(state.length - 1);
    former.put(state, 0, wideNorm).put(state, wideNorm + 1, state.length - wideNorm - 5);
    former.put(7, (byte) 1);
    CRC32 checksum = new CRC32();
    checksum.update(former.array(), 0, former.position());
    former.putInt((int) checksum.getValue());
    AliG resumed = fresh();
    load(resumed, former.array());
    assertThat(save(resumed)).isEqualTo(state);
  }

  @Test
  void anotherTypeIsRefused() throws IOException {
    assertRefused(
        plain(Values.floats(1)),
        save(plain(Values.doubles(1))),
        "data type is DOUBLE in the state and FLOAT in the optimizer");
  }

  @Test
  void anotherShapeIsRefused() throws IOException {
    assertRefused(
        plain(Nd4j.ones(2, 3)),
        save(plain(Nd4j.ones(3, 2))),
        "shape of parameter 0 of group 0 is [3, 2] in the state and [2, 3] in the optimizer");
  }

  @Test
  void anotherRankIsRefused() throws IOException {
    assertRefused(
        plain(Nd4j.ones(6)), save(plain(Nd4j.ones(3, 2))), "rank of parameter 0 of group 0 is 2");
  }

  @Test
  void anotherNumberOfParametersIsRefused() throws IOException {
    assertRefused(
        plain(Values.floats(1), Values.floats(2)),
        save(plain(Values.floats(1))),
        "number of parameters of group 0 is 1 in the state and 2 in the optimizer");
  }

  @Test
  void anotherNumberOfGroupsIsRefused() throws IOException {
    byte[] state = save(optimizer(Nd4j.ones(2, 3), Nd4j.ones(2)));
    assertRefused(
        plain(Values.floats(1)),
        state,
        "number of groups is 2 in the state and 1 in the optimizer");
  }

  @Test
  void everyStateThatEndsEarlyIsRefused() throws IOException {
    AliG optimizer = trained();
    byte[] state = save(optimizer);
    for (int length = 0; length < state.length; length++) {
      assertRefused(optimizer, Arrays.copyOf(state, length), "ends early");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 128})
  void everyDamagedByteIsNoticedAndNothingIsLoaded(int flip) throws IOException {
    AliG optimizer = trained();
    byte[] before = save(optimizer);
    byte[] state = save(fresh());
    for (int i = 0; i < state.length; i++) {
      byte[] damaged = state.clone();
      damaged[i] ^= (byte) flip;
      assertThatExceptionOfType(StateException.class)
          .as("byte %s", i)
          .isThrownBy(() -> load(optimizer, damaged));
    }
    assertThat(save(optimizer)).isEqualTo(before);
  }

  private static AliG fresh() {
    return plain(Values.floats(1, 2));
  }

  private static AliG trained() {
    AliG optimizer = fresh();
    optimizer.apply(new double[] {0.5}, List.of(Values.floats(3, 4)));
    return optimizer;
  }
}
