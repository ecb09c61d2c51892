package dev.alig.experiments.sentences;

import dev.alig.experiments.Backend;
import dev.alig.experiments.Experiment;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Options;
import dev.alig.experiments.Training;
import dev.alig.experiments.networks.InferSent;
import dev.alig.experiments.networks.InferSentModel;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** Natural language inference: does the first sentence of a pair entail the second? */
public final class Snli implements Experiment<SentenceRow> {
  @Override
  public String name() {
    return "snli";
  }

  @Override
  public String description() {
    return "InferSent on the Stanford Natural Language Inference corpus";
  }

  @Override
  public Class<SentenceRow> rowType() {
    return SentenceRow.class;
  }

  @Override
  public List<Backend> backends() {
    return List.of(Backend.DL4J);
  }

  @Override
  public Training prepare(SentenceRow row, Options options) throws InputException {
    return prepare(row, options, SnliData.WORD_SIZE);
  }

  /** Prepares a row for word vectors of another size. */
  static Training prepare(SentenceRow row, Options options, int wordSize) throws InputException {
    SnliData data = SnliData.read(options.requireData(), options.limit(), wordSize);
    InferSent network = row.network(wordSize);
    InferSentModel model =
        new InferSentModel(
            network, row.settings(), row.clip(), DataType.FLOAT, options.seed(), options.threads());
    int epochs = options.epochs().orElse(row.epochs());
    return new SentenceTraining(
        data, model, network.loss(), row.batchSize(), epochs, options.seed());
  }
}
