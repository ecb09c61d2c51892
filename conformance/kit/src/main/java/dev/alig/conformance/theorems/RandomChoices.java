package dev.alig.conformance.theorems;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.theorems.Problem.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The random choices that a problem is made of. */
final class RandomChoices {
  private static final int MAX_ELEMENTS = 6;

  final String id;
  final DType dtype;
  final int elements;
  private final SplittableRandom random;

  RandomChoices(String theorem, long seed) {
    this.id = "%s seed %d".formatted(theorem, seed);
    this.random = new SplittableRandom(seed);
    this.dtype = of(DType.FLOAT, DType.DOUBLE);
    this.elements = random.nextInt(1, MAX_ELEMENTS + 1);
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
    return Vectors.of(elements, i -> number(low, high));
  }

  /** A vector as the optimizer can hold it. */
  Tensor parameters(double low, double high) {
    return Vectors.of(elements, i -> dtype.round(number(low, high)));
  }

  /** A minimizer that is not the origin, where no hinge vanishes. */
  Tensor target() {
    return longer(2, 0.25);
  }

  /** Features that scale the loss by a quarter to four; without any there is no gradient. */
  Tensor features() {
    return longer(of(0.5, 1.0, 2.0), 0.01);
  }

  private Tensor longer(double most, double squaredNorm) {
    Tensor vector = vector(-most, most);
    return Vectors.dot(vector, vector) > squaredNorm ? vector : longer(most, squaredNorm);
  }

  /** As many orthonormal vectors as there are elements: the rows of I - 2vvᵀ/‖v‖². */
  List<Tensor> orthonormal() {
    Tensor v = features();
    double scale = -2 / Vectors.dot(v, v);
    return IntStream.range(0, elements)
        .mapToObj(
            row -> Vectors.of(elements, i -> v.get(i) * (scale * v.get(row)) + (i == row ? 1 : 0)))
        .toList();
  }

  /** A setting without ball and cap. */
  Setting setting(double eps) {
    return new Setting(
        dtype,
        dtype.round(eps),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        of(LossKind.values()),
        layout());
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
  private List<List<Integer>> layout() {
    List<Integer> sizes = new ArrayList<>();
    int left = elements;
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
