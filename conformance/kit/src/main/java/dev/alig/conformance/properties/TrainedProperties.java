package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.TRAINED_BILSTM;
import static dev.alig.conformance.Requirement.TRAINED_CONVNET;
import static dev.alig.conformance.Requirement.TRAINED_DENSENET;
import static dev.alig.conformance.Requirement.TRAINED_DNC;
import static dev.alig.conformance.Requirement.TRAINED_INFERSENT;
import static dev.alig.conformance.Requirement.TRAINED_IN_PARTS;
import static dev.alig.conformance.Requirement.TRAINED_LSTM;
import static dev.alig.conformance.Requirement.TRAINED_MLP;
import static dev.alig.conformance.Requirement.TRAINED_RESNET;
import static dev.alig.conformance.Requirement.TRAINED_WRN;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.oracle.PythonPackage;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.trained.TrainingJudge;
import java.util.Optional;
import net.jqwik.api.Property;

/** Claims about training: the same model, data and order give the same curve. */
interface TrainedProperties extends SubjectProperties {
  /** One trained case per this many tries of the other properties. */
  int TRIES = 250;

  /** One case that runs by itself, and one that starts each step from the oracle's state. */
  int FEWEST = 2;

  @Property
  @Checks(TRAINED_MLP)
  default void aPerceptronLearnsAlongTheSameCurve() {
    train(Model.MLP, TRAINED_MLP);
  }

  @Property
  @Checks(TRAINED_CONVNET)
  default void aConvolutionalNetLearnsAlongTheSameCurve() {
    train(Model.CONVNET, TRAINED_CONVNET);
  }

  @Property
  @Checks(TRAINED_BILSTM)
  default void aSentencePairEncoderLearnsAlongTheSameCurve() {
    train(Model.BILSTM, TRAINED_BILSTM);
  }

  @Property
  @Checks(TRAINED_LSTM)
  default void anLstmLearnsAlongTheSameCurve() {
    train(Model.LSTM, TRAINED_LSTM);
  }

  @Property
  @Checks(TRAINED_DNC)
  default void aDifferentiableNeuralComputerLearnsAlongTheSameCurve() {
    train(Model.DNC, TRAINED_DNC);
  }

  @Property
  @Checks(TRAINED_WRN)
  default void aWideResidualNetworkLearnsAlongTheSameCurve() {
    train(Model.WRN, TRAINED_WRN);
  }

  @Property
  @Checks(TRAINED_DENSENET)
  default void aDenselyConnectedNetworkLearnsAlongTheSameCurve() {
    train(Model.DENSENET, TRAINED_DENSENET);
  }

  @Property
  @Checks(TRAINED_INFERSENT)
  default void inferSentLearnsAlongTheSameCurve() {
    train(Model.INFERSENT, TRAINED_INFERSENT);
  }

  @Property
  @Checks(TRAINED_RESNET)
  default void aResidualNetworkLearnsAlongTheSameCurve() {
    train(Model.RESNET, TRAINED_RESNET);
  }

  @Property
  @Checks(TRAINED_IN_PARTS)
  default void aPerceptronLearnsAlongTheSameCurveFromPartsOfBatches() {
    train(Model.MLP, TRAINED_IN_PARTS, subject().trainer().flatMap(Trainer::inParts));
  }

  private void train(Model model, Requirement requirement) {
    train(model, requirement, subject().trainer());
  }

  private void train(Model model, Requirement requirement, Optional<Trainer> trainer) {
    PropertyStatistics statistics = PropertyStatistics.current();
    Optional<PythonPackage> torch =
        oracle().filter(PythonPackage.class::isInstance).map(PythonPackage.class::cast);
    if (trainer.isEmpty()) {
      String how = requirement == TRAINED_IN_PARTS ? " in parts" : "";
      statistics.skip("nothing here trains models%s with %s".formatted(how, subject().name()));
      return;
    }
    if (torch.isEmpty()) {
      statistics.skip("the oracle trains no models; it takes PyTorch");
      return;
    }
    TrainingJudge judge = torch.get().training(statistics::alive);
    ConformanceSettings settings = conformanceRun().settings();
    int cases = Math.max(FEWEST, settings.tries() / TRIES);
    for (int index = 0; index < cases; index++) {
      TrainingCase trained = judge.draw(model, index, settings.seed());
      Optional<String> why = trainer.get().inapplicable(trained);
      if (why.isPresent()) {
        statistics.skip(why.get());
      } else {
        statistics.count(judge.compare(trained, subject(), trainer.get()), trained, requirement);
      }
    }
  }
}
