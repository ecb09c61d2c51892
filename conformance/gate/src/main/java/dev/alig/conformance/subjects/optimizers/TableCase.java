package dev.alig.conformance.subjects.optimizers;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.experiments.optimizers.FlatOptimizer;
import dev.alig.experiments.optimizers.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Draws cases: both formats, one to three tensors, from the beginning or from a later state. */
final class TableCase {
  private static final List<List<Integer>> SHAPES =
      List.of(List.of(1), List.of(3), List.of(8), List.of(2, 5), List.of(17), List.of(33));

  private final TableOptimizer optimizer;
  private final RandomGenerator random;
  private final DType dtype;

  TableCase(TableOptimizer optimizer, RandomGenerator random) {
    this.optimizer = optimizer;
    this.random = random;
    this.dtype = random.nextBoolean() ? DType.FLOAT : DType.DOUBLE;
  }

  StepCase draw(String id) {
    List<List<Integer>> shapes =
        Stream.generate(() -> SHAPES.get(random.nextInt(SHAPES.size())))
            .limit(1 + random.nextInt(3))
            .toList();
    List<Double> settings = optimizer.settings().stream().map(s -> s.draw(random)).toList();
    FlatOptimizer empty =
        optimizer.make(Format.DOUBLE, 1, settings.stream().mapToDouble(s -> s).toArray());
    Layout layout = new Layout(shapes, empty.vectors().size());
    double slope = slope();
    List<Group> groups = groups(layout, empty, settings, slope);
    List<Step> steps =
        Stream.generate(() -> step(layout, slope)).limit(atTimes(0.1) ? 12 : 1 + steps()).toList();
    return new StepCase(
        id,
        dtype,
        1e-5,
        MomentumForm.STANDARD,
        OptionalDouble.empty(),
        groups,
        steps,
        Optional.empty());
  }

  private int steps() {
    return random.nextInt(4);
  }

  /** The size of gradients, which is at times so small or large that squares leave the range. */
  private double slope() {
    if (atTimes(0.05)) {
      return atTimes(0.5) ? 1e-25 : 1e15;
    }
    return power(-3, 2);
  }

  private List<Group> groups(
      Layout layout, FlatOptimizer empty, List<Double> settings, double slope) {
    boolean begins = random.nextBoolean();
    double size = power(-2, 1);
    int count = layout.size();
    List<double[]> vectors = new ArrayList<>();
    for (String name : empty.vectors().keySet()) {
      vectors.add(begins ? new double[count] : vector(count, name, slope));
    }
    List<Double> numbers = new ArrayList<>();
    for (String name : empty.numbers().keySet()) {
      boolean counts = name.equals(FlatOptimizer.STEPS);
      double later = counts ? 1 + random.nextInt(atTimes(0.2) ? 2000 : 20) : power(-2, 1);
      numbers.add(begins ? 0 : later);
    }
    double[] learned = values(count, () -> size * random.nextGaussian());
    return layout.groups(dtype, power(-4, 0), learned, vectors, numbers, settings);
  }

  /** A vector of a later state; means and sums of squares are not negative. */
  private double[] vector(int count, String name, double slope) {
    boolean squares = name.contains("sq") || name.equals("sum") || name.equals("square_avg");
    return values(
        count,
        () -> {
          double value = slope * random.nextGaussian();
          return squares ? value * value : value;
        });
  }

  private Step step(Layout layout, double slope) {
    double zero = random.nextBoolean() ? 0.0 : -0.0;
    double odd = atTimes(0.02) ? oddity() : zero;
    double[] gradient =
        values(layout.size(), () -> atTimes(0.1) ? odd : slope * random.nextGaussian());
    List<Optional<Tensor>> learned = layout.tensors(gradient).stream().map(Optional::of).toList();
    List<Optional<Tensor>> kept =
        Stream.generate(Optional::<Tensor>empty)
            .limit((long) layout.vectors() * layout.shapes().size() + 2)
            .toList();
    double loss = atTimes(0.1) ? -random.nextInt(2) : power(-2, 1);
    return new Step(loss, LossKind.FLOAT, List.of(learned, kept));
  }

  private double oddity() {
    return random.nextBoolean() ? Double.NaN : Double.POSITIVE_INFINITY;
  }

  private double[] values(int count, DoubleSupplier value) {
    return DoubleStream.generate(value).limit(count).map(dtype::round).toArray();
  }

  private double power(double least, double most) {
    return Math.pow(10, random.nextDouble(least, most));
  }

  private boolean atTimes(double share) {
    return random.nextDouble() < share;
  }
}
