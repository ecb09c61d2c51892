package dev.alig.benchmark.contender;

import dev.alig.conformance.DType;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.AliGBuilder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Flat vectors of ND4J with the data of a setting, and our optimizer on them. */
final class Nd4jArrays {
  private Nd4jArrays() {}

  static INDArray filled(Setting setting, long seed) {
    return setting.dtype() == DType.FLOAT
        ? Nd4j.createFromArray(Data.floats(setting.n(), seed))
        : Nd4j.createFromArray(Data.doubles(setting.n(), seed));
  }

  static INDArray zeros(Setting setting) {
    DataType type = setting.dtype() == DType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    return Nd4j.create(type, setting.n());
  }

  static AliG optimizer(Setting setting, INDArray... parameters) {
    AliGBuilder builder = AliG.builder().momentum(setting.momentum().factor());
    setting.momentum().form().ifPresent(builder::momentumForm);
    if (setting.ball()) {
      builder.l2Ball(setting.radius());
    }
    return builder.parameters(parameters).build();
  }
}
