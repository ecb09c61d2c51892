package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.subjects.TrainingBatches;
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

  Batches(TrainingCase trained) {
    this.batches = new TrainingBatches(trained);
    this.inputs = trained.problem().features().size();
    this.type = trained.dtype() == DType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
  }

  /** The batch of a step. */
  MultiDataSet of(int step) {
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
