package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.subjects.TrainingBatches;
import dev.alig.experiments.networks.SentencePairs;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A case's batches in DL4J's layout: the last dimension of sequences is time. */
final class Batches {
  private final TrainingBatches batches;
  private final int inputs;
  private final DataType type;
  private final boolean pairs;

  Batches(TrainingCase trained) {
    this.batches = new TrainingBatches(trained);
    this.pairs = trained.model() == Model.INFERSENT;
    this.inputs = trained.problem().features().size();
    this.type = trained.dtype() == DType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
  }

  /** The batch of a step. */
  MultiDataSet of(int step) {
    return pairs ? pairs(step) : plain(step);
  }

  /** Pairs of sentences, whose lengths are the third feature. */
  private MultiDataSet pairs(int step) {
    INDArray[] features = SentencePairs.inputs(sentences(0, step), sentences(1, step), type);
    return new MultiDataSet(features, new INDArray[] {array(batches.classes(step))});
  }

  /** The words of each sentence of a side, without padding. */
  private double[][][] sentences(int side, int step) {
    Tensor words = batches.features(side, step);
    Tensor lengths = batches.features(2, step);
    int longest = words.shape().get(1);
    int numbers = words.shape().get(2);
    double[][][] sentences = new double[size(step)][][];
    for (int i = 0; i < sentences.length; i++) {
      sentences[i] = new double[(int) lengths.get(2 * i + side)][numbers];
      for (int word = 0; word < sentences[i].length; word++) {
        for (int k = 0; k < numbers; k++) {
          sentences[i][word][k] = words.get((i * longest + word) * numbers + k);
        }
      }
    }
    return sentences;
  }

  private MultiDataSet plain(int step) {
    INDArray[] features =
        IntStream.range(0, inputs)
            .mapToObj(i -> array(batches.features(i, step)))
            .toArray(INDArray[]::new);
    return new MultiDataSet(features, new INDArray[] {array(batches.classes(step))});
  }

  private INDArray array(Tensor tensor) {
    long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
    INDArray rows = Nd4j.createFromArray(tensor.toArray()).castTo(type).reshape('c', shape);
    return rows.rank() == 3 ? rows.permute(0, 2, 1).dup('c') : rows;
  }

  /** The number of examples in a step's batch. */
  int size(int step) {
    return batches.size(step);
  }
}
