package dev.alig.nd4j.dl4j;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A third party's layer whose bias moves by what it hands over as a gradient. */
final class SelfMovingOutput extends OutputLayer {
  private static final long serialVersionUID = 1;

  SelfMovingOutput(OutputLayer.Builder builder) {
    super(builder);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    Inner layer = new Inner(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }

  private static final class Inner extends org.deeplearning4j.nn.layers.OutputLayer {
    private static final long serialVersionUID = 1;

    Inner(NeuralNetConfiguration conf, DataType type) {
      super(conf, type);
    }

    @Override
    public boolean updaterDivideByMinibatch(String name) {
      return !name.equals("b");
    }
  }
}
