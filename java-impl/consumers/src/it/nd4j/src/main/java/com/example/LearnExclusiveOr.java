package com.example;

import dev.alig.nd4j.samediff.SameDiffTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** A SameDiff graph that learns exclusive or, is saved, and goes on from the file. */
public final class LearnExclusiveOr {
  private LearnExclusiveOr() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("final loss " + train(Path.of("target", "trainer.zip")));
  }

  static double train(Path file) throws IOException {
    INDArray features = Nd4j.create(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    INDArray labels = Nd4j.create(new double[][] {{0}, {1}, {1}, {0}});
    DataSetIterator data = new SingletonDataSetIterator(new DataSet(features, labels));
    SameDiff graph = graph();

    graph.setLossVariables("loss");
    SameDiffTrainer trainer =
        SameDiffTrainer.builder(graph)
            .maxLearningRate(0.1)
            .momentum(0.9)
            .features("x")
            .labels("y")
            .build();
    List<Double> losses = trainer.fit(data, 300);
    System.out.println(
        "loss of the first epoch " + losses.get(0) + ", of the last " + losses.get(299));

    trainer.save(file);
    SameDiffTrainer resumed = SameDiffTrainer.restore(file);
    return resumed.fit(data, 1).get(0);
  }

  private static SameDiff graph() {
    Nd4j.getRandom().setSeed(1);
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, -1, 2);
    SDVariable y = graph.placeHolder("y", DataType.DOUBLE, -1, 1);
    SDVariable w = graph.var("w", Nd4j.randn(DataType.DOUBLE, 2, 8));
    SDVariable b = graph.var("b", Nd4j.zeros(DataType.DOUBLE, 1, 8));
    SDVariable u = graph.var("u", Nd4j.randn(DataType.DOUBLE, 8, 1));
    SDVariable error = graph.math().tanh(x.mmul(w).add(b)).mmul(u).sub(y);
    error.mul(error).mean("loss");
    return graph;
  }
}
