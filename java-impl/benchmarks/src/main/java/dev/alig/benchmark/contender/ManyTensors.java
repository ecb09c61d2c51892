package dev.alig.benchmark.contender;

import dev.alig.nd4j.AliG;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Our optimizer on {@value Setting#SMALL_TENSOR} elements a tensor, views of one vector. */
final class ManyTensors extends OnNd4j {
  private final List<INDArray> parts;
  private final AliG optimizer;
  private final double loss;

  ManyTensors(Setting setting) {
    super(setting);
    parts = views(gradients);
    optimizer = optimizer(views(parameters).toArray(INDArray[]::new));
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
}
