package dev.alig.nd4j.samediff;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** A graph y = tanh(xw)u + b with mean squared loss, and data that it can fit. */
final class Regression {
  static final int EXAMPLES = 12;

  final SameDiff graph = SameDiff.create();
  final INDArray x;
  final INDArray y;

  Regression(DataType type) {
    Nd4j.getRandom().setSeed(7);
    x = Nd4j.randn(type, EXAMPLES, 3);
    y = Nd4j.randn(type, EXAMPLES, 1);
    SDVariable in = graph.placeHolder("x", type, -1, 3);
    SDVariable target = graph.placeHolder("y", type, -1, 1);
    SDVariable w = graph.var("w", Nd4j.randn(type, 3, 16));
    SDVariable u = graph.var("u", Nd4j.randn(type, 16, 1));
    SDVariable b = graph.var("b", Nd4j.zeros(type, 1, 1));
    SDVariable error = graph.math().tanh(in.mmul(w)).mmul(u).add(b).sub(target);
    SDVariable squares = error.mul("squares", error);
    squares.mean("loss");
    graph.setLossVariables("loss");
  }

  SameDiffTrainerBuilder trainer() {
    return SameDiffTrainer.builder(graph).features("x").labels("y");
  }

  Map<String, INDArray> values() {
    return Map.of("x", x, "y", y);
  }

  /** The mean squared loss over all examples. */
  double loss() {
    return graph.outputSingle(values(), "loss").getDouble(0);
  }

  /** Three minibatches. */
  DataSetIterator data() {
    return data(new DataSet(x, y));
  }

  static DataSetIterator data(DataSet all) {
    return new ListDataSetIterator<>(all.asList(), EXAMPLES / 3);
  }

  INDArray array(String name) {
    return graph.getArrForVarName(name);
  }

  List<INDArray> arrays() {
    return List.of(array("w"), array("u"), array("b"));
  }
}
