package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.MomentumForm;
import dev.alig.NegativeLoss;
import dev.alig.NonFinite;
import dev.alig.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class AliGUpdaterTest {
  private static final ISchedule FALLING =
      new MapSchedule.Builder(ScheduleType.ITERATION).add(0, 1).add(1, 0.75).add(2, 0).build();

  private static AliGUpdater unusual() {
    return AliGUpdater.builder()
        .maxLearningRate(0.25)
        .momentum(0.5)
        .momentumForm(MomentumForm.ADJUSTED)
        .eps(0.125)
        .l2Ball(3)
        .lowerBound(-1)
        .negativeLoss(NegativeLoss.STOP)
        .nonFinite(NonFinite.SKIP)
        .wideNorm(true)
        .build();
  }

  static Stream<UnaryOperator<AliGUpdater.Builder>> changes() {
    return Stream.of(
        b -> b.maxLearningRate(1),
        b -> b.maxLearningRate(FALLING),
        b -> b.momentum(0.5),
        b -> b.momentumForm(MomentumForm.ADJUSTED),
        b -> b.eps(1),
        b -> b.l2Ball(1),
        b -> b.lowerBound(1),
        b -> b.negativeLoss(NegativeLoss.STOP),
        b -> b.nonFinite(NonFinite.SKIP),
        b -> b.wideNorm(true));
  }

  @Test
  void theDefaultsAreTheOriginals() {
    AliGUpdater updater = new AliGUpdater();
    assertThat(updater.settings()).isEqualTo(Settings.DEFAULT);
    assertThat(updater.groupSettings(0, 0)).isEqualTo(GroupSettings.DEFAULT);
    assertThat(AliGUpdater.builder().build()).isEqualTo(updater);
  }

  @Test
  void everySettingReachesTheStep() {
    assertThat(unusual().settings())
        .isEqualTo(
            Settings.builder()
                .momentumForm(MomentumForm.ADJUSTED)
                .eps(0.125)
                .ball(new L2Ball(3))
                .lowerBound(-1)
                .negativeLoss(NegativeLoss.STOP)
                .nonFinite(NonFinite.SKIP)
                .wideNorm(true)
                .build());
    assertThat(unusual().groupSettings(0, 0)).isEqualTo(new GroupSettings(0.25, 0.5));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everySettingCountsAndIsCopied(UnaryOperator<AliGUpdater.Builder> change) {
    AliGUpdater plain = new AliGUpdater();
    AliGUpdater changed = change.apply(AliGUpdater.builder()).build();
    assertThat(changed).isNotEqualTo(plain).doesNotHaveToString(plain.toString());
    assertThat(changed.clone()).isEqualTo(changed).hasSameHashCodeAs(changed);
    assertThat(SerializationUtils.clone(changed)).isEqualTo(changed);
    assertThat(throughJson(changed)).isEqualTo(changed);
  }

  private static Object throughJson(AliGUpdater updater) {
    NeuralNetConfiguration conf =
        new NeuralNetConfiguration.Builder().layer(Nets.dense().updater(updater).build()).build();
    return NeuralNetConfiguration.fromJson(conf.toJson()).getLayer().getUpdaterByParam("W");
  }

  @Test
  void aCloneIsApart() {
    AliGUpdater updater = unusual();
    AliGUpdater clone = updater.clone();
    clone.setLrAndSchedule(1, null);
    assertThat(updater).isEqualTo(unusual());
  }

  @Test
  void aBuilderIsApartFromWhatItBuilt() {
    AliGUpdater.Builder builder = AliGUpdater.builder();
    AliGUpdater built = builder.build();
    builder.momentum(0.5);
    assertThat(built).isEqualTo(new AliGUpdater());
  }

  @Test
  void badSettingsAreRefusedWhenBuilt() {
    for (double bad : new double[] {-1, Double.NaN}) {
      assertRefused("maxLearningRate must be > 0", b -> b.maxLearningRate(bad));
      assertRefused("momentum must be >= 0", b -> b.momentum(bad));
      assertRefused("eps must be >= 0", b -> b.eps(bad));
      assertRefused("radius of the l2 ball must be >= 0", b -> b.l2Ball(bad));
    }
    assertRefused("lowerBound must be finite", b -> b.lowerBound(Double.NaN));
  }

  private static void assertRefused(String message, UnaryOperator<AliGUpdater.Builder> change) {
    AliGUpdater.Builder builder = change.apply(AliGUpdater.builder());
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(builder::build)
        .withMessageContaining(message);
  }

  @Test
  void badSettingsOfAFileAreRefusedWhenANetworkIsMade() {
    MultiLayerNetwork network = Nets.mlp(unusual());
    String json = network.getLayerWiseConfigurations().toJson();
    String bad = json.replace("\"momentum\" : 0.5", "\"momentum\" : -0.5");
    MultiLayerNetwork read = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(bad));
    read.init();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(read::getUpdater)
        .withMessageContaining("momentum must be >= 0, was -0.5");
  }

  @Test
  void whatAFileLacksKeepsItsDefault() {
    NeuralNetConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .layer(Nets.dense().updater(new AliGUpdater()).build())
            .build();
    String json = conf.toJson().replaceAll("\"eps\" : 1.0E-5,", "");
    assertThat(json).isNotEqualTo(conf.toJson());
    assertThat(NeuralNetConfiguration.fromJson(json).getLayer().getUpdaterByParam("W"))
        .isEqualTo(new AliGUpdater());
  }

  @Test
  void theLearningRateIsTheCap() {
    AliGUpdater updater = unusual();
    assertThat(updater.hasLearningRate()).isTrue();
    updater.setLrAndSchedule(0.75, null);
    assertThat(updater.groupSettings(7, 7).maxLearningRate()).isEqualTo(0.75);
    updater.setLrAndSchedule(Double.NaN, FALLING);
    assertThat(updater.groupSettings(1, 0).maxLearningRate()).isEqualTo(0.75);
    assertThat(updater.getLearningRate(0, 0)).isEqualTo(1);
  }

  @Test
  void aCapOfNothingIsRefused() {
    AliGUpdater updater = unusual();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> updater.setLrAndSchedule(0, null));
    assertThat(updater).isEqualTo(unusual());
    updater.setLrAndSchedule(Double.NaN, FALLING);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> updater.groupSettings(2, 0))
        .withMessageContaining("maxLearningRate must be > 0, was 0.0");
  }

  @Test
  void momentumIsAsLongAsTheParameters() {
    assertThat(unusual().stateSize(7)).isEqualTo(7);
    assertThat(new AliGUpdater().stateSize(7)).isZero();
  }

  @Test
  void momentumStartsAtZeroUnlessItWasRestored() {
    INDArray state = Nd4j.createFromArray(1.0, 2.0);
    GradientUpdater<AliGUpdater> restored = unusual().instantiate(state, false);
    assertThat(restored.getState()).containsExactly(Map.entry("V", Nd4j.createFromArray(1.0, 2.0)));
    GradientUpdater<AliGUpdater> started = unusual().instantiate(state, true);
    assertThat(started.getState()).containsExactly(Map.entry("V", Nd4j.createFromArray(0.0, 0.0)));
    assertThat(new AliGUpdater().instantiate((INDArray) null, true).getState()).isEmpty();
  }

  @Test
  void anotherStateTakesThePlaceOfTheFirst() {
    GradientUpdater<AliGUpdater> updater = unusual().instantiate(Nd4j.zeros(2), true);
    INDArray state = Nd4j.createFromArray(1.0, 2.0);
    updater.setStateViewArray(state, state.shape(), 'c', false);
    assertThat(updater.getState()).containsExactly(Map.entry("V", Nd4j.createFromArray(1.0, 2.0)));
    updater.setStateViewArray(state, state.shape(), 'c', true);
    assertThat(updater.getState()).containsExactly(Map.entry("V", Nd4j.createFromArray(0.0, 0.0)));
  }

  @Test
  void sameDiffIsRefused() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> unusual().instantiate(Map.of(), true))
        .withMessageContaining("or dev.alig.nd4j.AliG on the gradients");
  }

  @Test
  void itSaysWhatItIs() {
    assertThat(List.of(unusual().toString()))
        .containsExactly(
            "AliGUpdater(maxLearningRate=0.25, momentum=0.5, momentumForm=ADJUSTED, eps=0.125,"
                + " l2Ball=3.0, lowerBound=-1.0, negativeLoss=STOP, nonFinite=SKIP, wideNorm=true)");
  }
}
