package dev.alig.nd4j.dl4j;

import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Every kind of preprocessor between two layers. */
final class PreprocessorKinds {
  private static final Convolution3D.DataFormat FIRST = Convolution3D.DataFormat.NCDHW;

  private PreprocessorKinds() {}

  private static InputPreProcessor rnnToFlat() {
    return new RnnToFeedForwardPreProcessor(RNNFormat.NCW);
  }

  private static InputPreProcessor flatToRnn() {
    return new FeedForwardToRnnPreProcessor(RNNFormat.NCW);
  }

  private static Layer convolution() {
    return new ConvolutionLayer.Builder(2, 2).nIn(1).nOut(2).build();
  }

  static List<SlopeCase> all() {
    Consumer<ListBuilder> images =
        list ->
            list.layer(Nets.dense().nIn(4).nOut(9).build())
                .layer(convolution())
                .layer(Nets.softmax().nIn(8).build())
                .inputPreProcessor(1, new FeedForwardToCnnPreProcessor(3, 3, 1))
                .inputPreProcessor(2, new CnnToFeedForwardPreProcessor(2, 2, 2));
    Consumer<ListBuilder> volumes =
        list ->
            list.layer(Nets.dense().nIn(4).nOut(8).build())
                .layer(new Convolution3D.Builder(1, 1, 1).dataFormat(FIRST).nIn(1).nOut(2).build())
                .layer(Nets.softmax().nIn(16).build())
                .inputPreProcessor(1, new FeedForwardToCnn3DPreProcessor(2, 2, 2, 1, true))
                .inputPreProcessor(2, new Cnn3DToFeedForwardPreProcessor(2, 2, 2, 2, FIRST));
    Consumer<ListBuilder> steps =
        list ->
            list.layer(new LSTM.Builder().nIn(4).nOut(4).build())
                .layer(Nets.dense().nIn(4).nOut(5).build())
                .layer(rnnOutput(5))
                .inputPreProcessor(1, rnnToFlat())
                .inputPreProcessor(2, flatToRnn());
    Consumer<ListBuilder> films =
        list ->
            list.layer(new LSTM.Builder().nIn(4).nOut(9).build())
                .layer(convolution())
                .layer(rnnOutput(8))
                .inputPreProcessor(1, new RnnToCnnPreProcessor(3, 3, 1, RNNFormat.NCW))
                .inputPreProcessor(2, new CnnToRnnPreProcessor(2, 2, 2, RNNFormat.NCW));
    Consumer<ListBuilder> composed =
        list ->
            list.layer(new LSTM.Builder().nIn(4).nOut(4).build())
                .layer(new LSTM.Builder().nIn(4).nOut(4).build())
                .layer(rnnOutput(4))
                .inputPreProcessor(1, new ComposableInputPreProcessor(rnnToFlat(), flatToRnn()));
    return List.of(
        of(FeedForwardToCnnPreProcessor.class, Shape.FLAT, images),
        of(CnnToFeedForwardPreProcessor.class, Shape.FLAT, images),
        of(FeedForwardToCnn3DPreProcessor.class, Shape.FLAT, volumes),
        of(Cnn3DToFeedForwardPreProcessor.class, Shape.FLAT, volumes),
        of(RnnToFeedForwardPreProcessor.class, Shape.SERIES, steps),
        of(FeedForwardToRnnPreProcessor.class, Shape.SERIES, steps),
        of(RnnToCnnPreProcessor.class, Shape.SERIES, films),
        of(CnnToRnnPreProcessor.class, Shape.SERIES, films),
        of(ComposableInputPreProcessor.class, Shape.SERIES, composed));
  }

  private static Layer rnnOutput(int inputs) {
    var output = Sandwich.rnnSoftmax();
    output.setNIn(inputs);
    return output;
  }

  private static SlopeCase of(Class<?> kind, Shape shape, Consumer<ListBuilder> layers) {
    return new SlopeCase(
        kind,
        "",
        () -> {
          ListBuilder list = Nets.base(AliGUpdater.builder().maxLearningRate(1e-3).build()).list();
          layers.accept(list);
          MultiLayerNetwork network = new MultiLayerNetwork(list.build());
          network.init();
          INDArray labels =
              shape == Shape.SERIES ? Sandwich.series(Shape.TIME) : Nets.classes(Nets.EXAMPLES);
          return new SlopeCase.Trial(
              network, new DataSet(shape.features(), labels).toMultiDataSet());
        });
  }
}
