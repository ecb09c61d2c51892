package dev.alig.conformance.subjects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainedState;
import dev.alig.conformance.model.TrainedStep;
import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.model.Training;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.model.TrainingCase.Rule;
import dev.alig.conformance.torch.TrainedJudge;
import dev.alig.conformance.trained.Blame;
import dev.alig.conformance.trained.TrainedOutcome;
import dev.alig.tensorflow.Semantics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Mistakes in a training by TensorFlow-Java are caught, and blamed on what is wrong. */
class TensorFlowPlantedDefectsTest {
  private static final TensorFlowSubject SUBJECT = new TensorFlowSubject(Semantics.PYTORCH);
  private static final int FREE = 0;
  private static final int FORCED = 3;

  private static TrainedJudge judge;

  @BeforeAll
  static void open() {
    judge = TrainedOracle.judge();
  }

  private static TrainedOutcome outcome(Model model, int index, Trainer trainer) {
    return TrainedOracle.outcome(judge, model, index, SUBJECT, trainer);
  }

  private static Trainer sound() {
    return SUBJECT.trainer().orElseThrow();
  }

  /** Trains something else than the case asks for. */
  private static Trainer instead(UnaryOperator<TrainingCase> other) {
    return trainer(trained -> sound().begin(other.apply(trained)));
  }

  private static Trainer withRule(UnaryOperator<Rule> other) {
    return instead(
        it ->
            new TrainingCase(
                it.id(),
                it.dtype(),
                it.model(),
                it.objective(),
                it.mode(),
                other.apply(it.rule()),
                it.variance(),
                it.problem()));
  }

  /** Spoils what a sound training tells of its steps. */
  private static Trainer telling(UnaryOperator<TrainedStep> spoiled) {
    return trainer(
        trained -> new Spoiled(sound().begin(trained), spoiled, UnaryOperator.identity()));
  }

  private interface Begin {
    Training begin(TrainingCase trained);
  }

  private static Trainer trainer(Begin begin) {
    return new Trainer() {
      @Override
      public Optional<String> inapplicable(TrainingCase trained) {
        return sound().inapplicable(trained);
      }

      @Override
      public Training begin(TrainingCase trained) {
        return begin.begin(trained);
      }
    };
  }

  /** A training whose steps and loaded states are changed on the way. */
  private record Spoiled(
      Training sound, UnaryOperator<TrainedStep> told, UnaryOperator<TrainedState> loaded)
      implements Training {
    @Override
    public TrainedState state() {
      return sound.state();
    }

    @Override
    public void load(TrainedState state) {
      sound.load(loaded.apply(state));
    }

    @Override
    public TrainedStep step(int step) {
      return told.apply(sound.step(step));
    }

    @Override
    public void close() {
      sound.close();
    }
  }

  private static List<Tensor> halved(List<Tensor> tensors) {
    List<Tensor> changed = new ArrayList<>(tensors);
    double[] values = tensors.get(0).toArray();
    values[0] /= 2;
    changed.set(0, Tensor.of(tensors.get(0).shape(), values));
    return changed;
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "INFERSENT")
  void nothingIsWrongWithoutADefect(Model model) {
    assertThat(outcome(model, FREE, sound()).verdict()).isInstanceOf(Verdict.Agrees.class);
    assertThat(outcome(model, FORCED, sound()).verdict()).isInstanceOf(Verdict.Agrees.class);
  }

  @Test
  void anotherRuleIsTheRules() {
    Trainer withoutEps =
        withRule(r -> new Rule(0, r.form(), r.momentum(), r.maxLearningRate(), r.radius()));
    TrainedOracle.isBlamedOn(Blame.RULE, outcome(Model.MLP, FORCED, withoutEps));
    Trainer moreMomentum =
        withRule(r -> new Rule(r.eps(), r.form(), 0.91, r.maxLearningRate(), r.radius()));
    TrainedOracle.isBlamedOn(Blame.RULE, outcome(Model.LSTM, FREE, moreMomentum));
    Trainer otherForm =
        withRule(
            r ->
                new Rule(
                    r.eps(), MomentumForm.ADJUSTED, r.momentum(), r.maxLearningRate(), r.radius()));
    TrainedOracle.isBlamedOn(Blame.RULE, outcome(Model.MLP, FREE, otherForm));
    Trainer lowerCap =
        withRule(
            r -> new Rule(r.eps(), r.form(), r.momentum(), OptionalDouble.of(0.001), r.radius()));
    TrainedOracle.isBlamedOn(Blame.RULE, outcome(Model.CONVNET, FORCED, lowerCap));
  }

  @Test
  void otherBatchesAreTheModels() {
    Trainer backwards =
        instead(
            it -> {
              List<List<Integer>> order = new ArrayList<>(it.problem().order());
              Collections.reverse(order);
              return it.on(it.problem().withOrder(order));
            });
    TrainedOracle.isBlamedOn(Blame.LOSS, outcome(Model.BILSTM, FREE, backwards));
  }

  @Test
  void anotherGradientIsTheGradients() {
    Trainer halves =
        telling(
            s ->
                new TrainedStep(
                    s.loss(), halved(s.gradients()), s.unclipped(), s.stepSize(), s.after()));
    TrainedOracle.isBlamedOn(Blame.GRADIENT, outcome(Model.BILSTM, FREE, halves));
    TrainedOracle.isBlamedOn(Blame.GRADIENT, outcome(Model.LSTM, FORCED, halves));
  }

  @Test
  void otherAveragesAreTheStatistics() {
    Trainer halves =
        telling(
            s ->
                new TrainedStep(
                    s.loss(),
                    s.gradients(),
                    s.unclipped(),
                    s.stepSize(),
                    new TrainedState(
                        s.after().parameters(),
                        s.after().buffers(),
                        halved(s.after().statistics()))));
    TrainedOracle.isBlamedOn(Blame.STATISTICS, outcome(Model.CONVNET, FREE, halves));
  }

  @Test
  void weightsThatAreNotHeldAreTheWeights() {
    Trainer forgetful =
        trainer(
            trained ->
                new Spoiled(
                    sound().begin(trained),
                    UnaryOperator.identity(),
                    state ->
                        new TrainedState(
                            halved(state.parameters()), state.buffers(), state.statistics())));
    TrainedOracle.isBlamedOn(Blame.WEIGHTS, outcome(Model.CONVNET, FORCED, forgetful));
  }
}
