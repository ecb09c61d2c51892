package dev.alig.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reads and makes arrays by ND4J's own means, apart from the code under test. */
final class Values {
  private Values() {}

  /** The elements in logical order, boxed: equal if NaN or zeros of one sign are. */
  static List<Double> of(INDArray array) {
    List<Double> values = new ArrayList<>();
    if (!array.isEmpty()) {
      INDArray dense = array.dup('c');
      for (long i = 0; i < dense.length(); i++) {
        values.add(dense.data().getDouble(i));
      }
    }
    return values;
  }

  /** Parses numbers that spaces separate. */
  static List<Double> parse(String numbers) {
    return numbers.isBlank()
        ? List.of()
        : Arrays.stream(numbers.trim().split(" +", -1)).map(Double::valueOf).toList();
  }

  static INDArray vector(DataType type, double... values) {
    return Nd4j.createFromArray(values).castTo(type);
  }

  static INDArray doubles(double... values) {
    return Nd4j.createFromArray(values);
  }

  static INDArray floats(double... values) {
    return vector(DataType.FLOAT, values);
  }
}
