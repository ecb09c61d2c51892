package dev.alig.nd4j.dl4j;

import static dev.alig.nd4j.dl4j.Shape.IMAGE;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Kinds that a network only starts or ends with, and that need data of their own. */
final class FirstAndLastKinds {
  private FirstAndLastKinds() {}

  static List<SlopeCase> all() {
    List<SlopeCase> cases = new ArrayList<>();
    INDArray words = Nd4j.createFromArray(1.0, 1, 2, 4, 4, 4);
    for (boolean bias : new boolean[] {false, true}) {
      String circumstance = "words that recur" + (bias ? ", bias" : "");
      cases.add(
          SlopeCase.of(
              EmbeddingLayer.class,
              circumstance,
              () ->
                  trial(
                      words.reshape(6, 1),
                      Nets.classes(6),
                      new EmbeddingLayer.Builder().nIn(5).nOut(4).hasBias(bias).build(),
                      Nets.dense().nIn(4).build(),
                      Nets.softmax().nIn(5).build())));
      cases.add(
          SlopeCase.of(
              EmbeddingSequenceLayer.class,
              circumstance,
              () -> {
                var output = Sandwich.rnnSoftmax();
                output.setNIn(3);
                return trial(
                    Nd4j.stack(1, words, words.sub(1), words),
                    Sandwich.series(3),
                    new EmbeddingSequenceLayer.Builder()
                        .nIn(5)
                        .nOut(4)
                        .inputLength(3)
                        .hasBias(bias)
                        .build(),
                    new LSTM.Builder().nIn(4).nOut(3).build(),
                    output);
              }));
    }
    cases.add(SlopeCase.of(Yolo2OutputLayer.class, "", FirstAndLastKinds::yolo));
    return cases;
  }

  private static SlopeCase.Trial trial(INDArray features, INDArray labels, Layer... layers) {
    var list = Nets.base(AliGUpdater.builder().maxLearningRate(1e-3).build()).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return new SlopeCase.Trial(network, new DataSet(features, labels).toMultiDataSet());
  }

  /** One object in each image: its corners in units of the grid, and its class. */
  private static SlopeCase.Trial yolo() {
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, 6, 7, 4, 4);
    for (int i = 0; i < 6; i++) {
      int row = i % 4;
      int column = 3 * i % 4;
      double[] corners = {column + 0.1, row + 0.2, column + 0.9, row + 0.8};
      for (int j = 0; j < 4; j++) {
        labels.putScalar(i, j, row, column, corners[j]);
      }
      labels.putScalar(i, 4 + i % 3, row, column, 1);
    }
    MultiLayerNetwork network =
        Nets.stack(
            Nets.base(AliGUpdater.builder().maxLearningRate(1e-3).build()),
            IMAGE.input(),
            new ConvolutionLayer.Builder(3, 3).nOut(2 * (5 + 3)).build(),
            new Yolo2OutputLayer.Builder()
                .boundingBoxPriors(Nd4j.createFromArray(new double[][] {{1, 1}, {2, 1.5}}))
                .build());
    return new SlopeCase.Trial(network, new DataSet(IMAGE.features(), labels).toMultiDataSet());
  }
}
