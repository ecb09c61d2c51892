package dev.alig.benchmark.contender;

import dev.alig.nd4j.AliG;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Our optimizer on {@value Setting#SMALL_TENSOR} elements a tensor, views of one vector. */
final class ManyTensors implements Stepper {
  private final INDArray parameters;
  private final INDArray gradients;
  private final List<INDArray> parts;
  private final AliG optimizer;
  private final double loss;

  ManyTensors(Setting setting) {
    parameters = Nd4jArrays.filled(setting, Data.PARAMETERS);
    gradients = Nd4jArrays.filled(setting, Data.GRADIENTS);
    parts = views(gradients);
    optimizer = Nd4jArrays.optimizer(setting, views(parameters).toArray(INDArray[]::new));
    loss = setting.loss();
  }

  private static List<INDArray> views(INDArray flat) {
    List<INDArray> views = new ArrayList<>();
    for (long from = 0; from < flat.length(); from += Setting.SMALL_TENSOR) {
      views.add(flat.get(NDArrayIndex.interval(from, from + Setting.SMALL_TENSOR)));
    }
    return views;
  }

  @Override
  public void step() {
    optimizer.step(loss, parts);
  }

  @Override
  public double[] parameters() {
    return parameters.data().asDouble();
  }

  @Override
  public void close() {
    parameters.close();
    gradients.close();
  }
}
