package dev.alig.conformance.subjects.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.subjects.Nd4jSubject;
import dev.alig.conformance.subjects.TrainedOracle;
import dev.alig.conformance.torch.TrainedJudge;
import dev.alig.conformance.trained.Blame;
import dev.alig.conformance.trained.TrainedOutcome;
import dev.alig.nd4j.GradientSum;
import dev.alig.nd4j.dl4j.AliGTraining;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Mistakes in sums of micro-batches' gradients are caught, and blamed on what is wrong. */
class PartsDefectsTest {
  private static TrainedJudge judge;

  @BeforeAll
  static void open() {
    judge = TrainedOracle.judge();
  }

  private static TrainedOutcome outcome(Model model, int index, Steps steps) {
    TrainingCase whole = judge.draw(model, index, 5);
    TrainingCase trained =
        whole.on(whole.problem().withOrder(whole.problem().order().subList(0, 10)));
    return judge.compare(trained, new Nd4jSubject(), new Dl4jTrainer(steps, Networks::of));
  }

  /** A convolutional net has batch normalization, whose statistics are those of a micro-batch. */
  @ParameterizedTest
  @EnumSource(names = {"MLP", "BILSTM", "LSTM"})
  void everyModelWithoutBatchNormalizationLearnsFromParts(Model model) {
    for (int index : List.of(0, 1)) {
      TrainedOutcome sound = outcome(model, index, new FitSteps(true));
      assertThat(sound.verdict()).as(model.toString()).isInstanceOf(Verdict.Agrees.class);
    }
  }

  /** What a user may make of the totals of the first five examples and of the other eleven. */
  private interface Join {
    GradientSum join(Part first, Part rest);
  }

  /** The total of a part of a batch, as a part of a step. */
  private record Part(GradientSum.Origin origin, GradientSum.Total total) {
    GradientSum at(long index) {
      return sum(index, total.weight(), total.loss(), total.gradient());
    }

    GradientSum withLoss(long index, double loss) {
      return sum(index, total.weight(), loss, total.gradient());
    }

    /** Loss and gradient are means over the examples, and each part weighs the same. */
    GradientSum unweighted(long index) {
      double[] mean = total.gradient();
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= total.weight();
      }
      return sum(index, 1, total.loss() / total.weight(), mean);
    }

    GradientSum withoutGradient(long index) {
      return sum(index, total.weight(), total.loss(), new double[total.gradient().length]);
    }

    private GradientSum sum(long index, double weight, double loss, double[] gradient) {
      return GradientSum.of(origin, index, weight, loss, gradient);
    }
  }

  private static Steps joined(Join join) {
    return (trained, network) -> {
      AliGTraining training = AliGTraining.attach((MultiLayerNetwork) network);
      return batch -> {
        List<MultiDataSet> examples = batch.asList();
        Part first = part(training, examples.subList(0, 5));
        Part rest = part(training, examples.subList(5, examples.size()));
        return training.step(join.join(first, rest));
      };
    };
  }

  private static Part part(AliGTraining training, List<MultiDataSet> examples) {
    GradientSum sum = training.gradient(org.nd4j.linalg.dataset.MultiDataSet.merge(examples), 0, 0);
    return new Part(sum.origin(), sum.total());
  }

  private static void isWrong(Join join, Blame blame) {
    TrainedOutcome outcome = outcome(Model.MLP, 0, joined(join));
    assertThat(outcome.verdict()).isInstanceOf(Verdict.Differs.class);
    assertThat(outcome.blame()).contains(blame);
  }

  @Test
  void theSumOfBothPartsIsSound() {
    assertThat(
            outcome(Model.MLP, 0, joined((first, rest) -> first.at(0).plus(rest.at(1)))).verdict())
        .isInstanceOf(Verdict.Agrees.class);
  }

  @Test
  void meansThatAreNotWeightedByExamplesAreCaught() {
    isWrong((first, rest) -> first.unweighted(0).plus(rest.unweighted(1)), Blame.LOSS);
  }

  @Test
  void aPartThatCountsTwiceIsCaught() {
    isWrong((first, rest) -> first.at(0).plus(rest.at(1)).plus(first.at(2)), Blame.LOSS);
  }

  @Test
  void theLossOfOnePartAloneIsCaught() {
    isWrong(
        (first, rest) ->
            first.at(0).plus(rest.withLoss(1, first.total.loss() / 5 * rest.total.weight())),
        Blame.LOSS);
  }

  @Test
  void aPartWithoutItsGradientIsCaught() {
    isWrong((first, rest) -> first.at(0).plus(rest.withoutGradient(1)), Blame.GRADIENT);
  }
}
