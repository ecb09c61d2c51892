package dev.alig.conformance.subjects.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainedState;
import dev.alig.conformance.model.Training;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.model.TrainingCase.Named;
import dev.alig.conformance.subjects.TrainedOracle;
import dev.alig.conformance.torch.TrainedJudge;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** torch's weights in DL4J's networks and back. */
class WeightsTest {
  private static TrainedJudge judge;

  @BeforeAll
  static void open() {
    judge = TrainedOracle.judge();
  }

  private static TrainingCase forced(Model model) {
    return judge.draw(model, 1, 5);
  }

  private static List<Tensor> random(List<Named> like, SplittableRandom random) {
    return like.stream()
        .map(
            named -> {
              double[] values = named.value().toArray();
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(0.5, 1);
              }
              return Tensor.of(named.value().shape(), values);
            })
        .toList();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DNC")
  void everyWeightMomentumAndStatisticComesBackToTheBit(Model model) {
    TrainingCase trained = forced(model);
    SplittableRandom random = new SplittableRandom(1);
    TrainedState state =
        new TrainedState(
            random(trained.problem().parameters(), random),
            random(trained.problem().parameters(), random),
            random(trained.problem().statistics(), random));
    try (Training training = new Dl4jTrainer().begin(trained)) {
      assertThat(training.state().parameters())
          .isEqualTo(trained.problem().parameters().stream().map(Named::value).toList());
      training.load(state);
      assertThat(training.state()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DNC")
  void everyElementOfTheNetworkIsOneOfTorchs(Model model) {
    TrainingCase trained = forced(model);
    Dl4jModel dl4j = Networks.of(trained, Steps.updater(trained));
    long torch =
        Stream.concat(
                trained.problem().parameters().stream(), trained.problem().statistics().stream())
            .mapToLong(named -> named.value().size())
            .sum();
    assertThat(((org.deeplearning4j.nn.api.Model) dl4j.network()).numParams()).isEqualTo(torch);
  }

  @Test
  void aKeyThatTheNetworkLacksIsNamed() {
    TrainingCase trained = forced(Model.MLP);
    MultiLayerNetwork network =
        (MultiLayerNetwork) Networks.of(trained, Steps.updater(trained)).network();
    NetworkMemory memory =
        new NetworkMemory(network, (BaseMultiLayerUpdater<?>) network.getUpdater());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                memory.read(
                    new Link("output.weight", "7_W", Arrangement.SAME),
                    List.of(1),
                    NetworkMemory.Part.PARAMETERS,
                    new double[1]))
        .withMessageContaining("7_W")
        .withMessageContaining("0_W");
  }
}
