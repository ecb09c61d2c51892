package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Doubles as rows of three numbers of a format, which add up to them.
 *
 * <p>So a FLOAT case holds settings such as 0.999, which is no float. A double has 53 digits, and
 * three floats have 72.
 */
final class Rows {
  private static final int PARTS = 3;

  private Rows() {}

  static Tensor of(List<Double> values, DType dtype) {
    double[] rows = new double[PARTS * values.size()];
    for (int i = 0; i < values.size(); i++) {
      double rest = values.get(i);
      for (int part = 0; part < PARTS; part++) {
        double narrow = dtype.round(rest);
        rows[PARTS * i + part] = narrow;
        rest = Double.isFinite(narrow) ? rest - narrow : 0;
      }
    }
    return Tensor.of(List.of(values.size(), PARTS), rows);
  }

  static List<Double> read(double[] rows) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < rows.length; i += PARTS) {
      values.add(rows[i] + (rows[i + 1] + rows[i + 2]));
    }
    return values;
  }
}
