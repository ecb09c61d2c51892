package dev.alig.benchmark.contender;

import dev.alig.conformance.DType;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.AliGBuilder;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A contender on flat vectors of ND4J, with the data of a setting. */
abstract class OnNd4j implements Stepper {
  final INDArray parameters;
  final INDArray gradients;

  private final Setting setting;
  private final List<INDArray> vectors = new ArrayList<>();

  OnNd4j(Setting setting) {
    this.setting = setting;
    parameters = filled(Data.PARAMETERS);
    gradients = filled(Data.GRADIENTS);
  }

  private INDArray filled(long seed) {
    return owned(
        setting.dtype() == DType.FLOAT
            ? Nd4j.createFromArray(Data.floats(setting.n(), seed))
            : Nd4j.createFromArray(Data.doubles(setting.n(), seed)));
  }

  /** Another vector of their size, such as momentum. */
  final INDArray zeros() {
    DataType type = setting.dtype() == DType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    return owned(Nd4j.create(type, setting.n()));
  }

  /** Our optimizer with the setting's momentum and ball. */
  final AliG optimizer(INDArray... moved) {
    AliGBuilder builder = AliG.builder().momentum(setting.momentum().factor());
    setting.momentum().form().ifPresent(builder::momentumForm);
    if (setting.ball()) {
      builder.l2Ball(setting.radius());
    }
    return builder.parameters(moved).build();
  }

  private INDArray owned(INDArray vector) {
    vectors.add(vector);
    return vector;
  }

  @Override
  public final double[] parameters() {
    return parameters.data().asDouble();
  }

  @Override
  public final void close() {
    vectors.forEach(INDArray::close);
  }
}
