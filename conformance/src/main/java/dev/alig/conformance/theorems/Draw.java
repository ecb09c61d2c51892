package dev.alig.conformance.theorems;

import dev.alig.conformance.DType;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** The random choices that a problem is made of. */
final class Draw {
  private static final int MAX_ELEMENTS = 6;

  private final SplittableRandom random;
  private final DType dtype;
  private final int elements;

  Draw(long seed) {
    this.random = new SplittableRandom(seed);
    this.dtype = of(DType.FLOAT, DType.DOUBLE);
    this.elements = random.nextInt(1, MAX_ELEMENTS + 1);
  }

  DType dtype() {
    return dtype;
  }

  int elements() {
    return elements;
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Once in {@code times}. */
  boolean once(int times) {
    return random.nextInt(times) == 0;
  }

  int integer(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** A number with random digits. */
  double number(double low, double high) {
    return random.nextDouble(low, high);
  }

  /** A vector with random digits, of the parameters' size. */
  Tensor vector(double low, double high) {
    double[] values = new double[elements];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(low, high);
    }
    return Tensor.vector(values);
  }

  /** A vector as the optimizer can hold it. */
  Tensor parameters(double low, double high) {
    double[] values = vector(low, high).toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = dtype.round(values[i]);
    }
    return Tensor.vector(values);
  }

  /** A minimizer that is not the origin, where no hinge vanishes. */
  Tensor target() {
    while (true) {
      Tensor target = vector(-2, 2);
      if (Vectors.dot(target, target) > 0.25) {
        return target;
      }
    }
  }

  /** Features that scale the loss by a quarter to four. */
  Tensor features() {
    double scale = of(0.5, 1.0, 2.0);
    while (true) {
      Tensor features = vector(-scale, scale);
      // A sample without features has neither gradient nor smoothness.
      if (Vectors.dot(features, features) > 0.01) {
        return features;
      }
    }
  }

  /** As many orthonormal vectors as there are elements: the rows of I - 2vvᵀ/‖v‖². */
  List<Tensor> orthonormal() {
    Tensor v = features();
    double scale = -2 / Vectors.dot(v, v);
    List<Tensor> rows = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      double[] row = Vectors.scaled(v, scale * v.get(i)).toArray();
      row[i] += 1;
      rows.add(Tensor.vector(row));
    }
    return rows;
  }

  /** A setting without ball and cap. */
  Setting setting(double eps) {
    return new Setting(
        dtype,
        dtype.round(eps),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        of(LossKind.values()),
        layout(elements));
  }

  /** A setting without ball, with one of the caps or none. */
  Setting setting(double eps, Double... caps) {
    return once(3) ? setting(eps) : setting(eps).withCap(of(caps));
  }

  /** The usual eps, larger ones, and one that counts for nothing. */
  double eps() {
    return of(1e-5, 1e-3, 1.0, 1e-30);
  }

  /** The parameters' elements in one to three tensors of one or two groups. */
  List<List<Integer>> layout(int size) {
    List<Integer> sizes = new ArrayList<>();
    int left = size;
    while (left > 1 && sizes.size() < 2 && random.nextBoolean()) {
      int cut = integer(1, left - 1);
      sizes.add(cut);
      left -= cut;
    }
    sizes.add(left);
    int split = random.nextInt(sizes.size());
    return split == 0
        ? List.of(sizes)
        : List.of(sizes.subList(0, split), sizes.subList(split, sizes.size()));
  }
}
