package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.TRAINED_BILSTM;
import static dev.alig.conformance.Requirement.TRAINED_CONVNET;
import static dev.alig.conformance.Requirement.TRAINED_LSTM;
import static dev.alig.conformance.Requirement.TRAINED_MLP;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.Trained;
import dev.alig.conformance.Trained.Model;
import dev.alig.conformance.Trainer;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.oracle.TorchOracle;
import dev.alig.conformance.trained.TrainedCases;
import dev.alig.conformance.trained.TrainedJudge;
import java.util.Optional;
import net.jqwik.api.Property;

/** Claims about models in training: same model, same data, same order, same curve. */
interface TrainedProperties extends Judged {
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

  private void train(Model model, Requirement requirement) {
    Optional<Trainer> trainer = subject().trainer();
    Optional<TorchOracle> torch =
        oracle().filter(TorchOracle.class::isInstance).map(TorchOracle.class::cast);
    if (trainer.isEmpty()) {
      Tally.current().skip("nothing here trains models with " + subject().name());
    } else if (torch.isEmpty()) {
      Tally.current().skip("the oracle trains no models; it takes PyTorch");
    } else {
      train(
          model, requirement, trainer.get(), new TrainedJudge(torch.get(), Tally.current()::alive));
    }
  }

  private void train(Model model, Requirement requirement, Trainer trainer, TrainedJudge judge) {
    GateSettings settings = Gate.get().settings();
    for (int index = 0; index < TrainedCases.number(settings.tries()); index++) {
      Trained trained = TrainedCases.draw(model, index, settings.seed(), judge.trainer());
      Optional<String> why = trainer.inapplicable(trained);
      if (why.isPresent()) {
        Tally.current().skip(why.get());
      } else {
        Tally.current().count(judge.compare(trained, subject(), trainer), trained, requirement);
      }
    }
  }
}
