package com.example;

import dev.alig.GroupSettings;
import dev.alig.Precision;
import dev.alig.Settings;
import dev.alig.SquaredNorm;
import dev.alig.StepReport;
import dev.alig.StepRule;
import dev.alig.kernel.Kernel;
import dev.alig.kernel.Kernels;
import dev.alig.kernel.Slice;
import java.util.List;

/** ALI-G on plain arrays: finds the minimum of ‖w − target‖², which is 0. */
public final class Main {
  private static final double[] TARGET = {5, -3, 2};

  private Main() {}

  public static void main(String[] arguments) {
    GroupSettings group = new GroupSettings(10, 0.5);
    StepRule rule = new StepRule(Settings.DEFAULT);
    Kernel<double[]> kernel = Kernels.ofDoubles();
    Slice<double[]> w = Slice.of(new double[TARGET.length]);
    Slice<double[]> momentum = Slice.of(new double[TARGET.length]);
    Slice<double[]> gradient = Slice.of(new double[TARGET.length]);
    for (int step = 0; step < 100; step++) {
      for (int i = 0; i < TARGET.length; i++) {
        gradient.array()[i] = 2 * (w.array()[i] - TARGET[i]);
      }
      SquaredNorm norm = new SquaredNorm(Precision.DOUBLE);
      norm.add(kernel.sumOfSquares(gradient, false));
      StepReport report = rule.decide(loss(w), norm, true, List.of(group), step);
      kernel.standard(w, momentum, gradient, report.stepSizes().get(0), group.momentum());
    }
    System.out.println("loss " + loss(w));
    if (!(loss(w) < 1e-3)) {
      throw new IllegalStateException("the loss must fall below 1e-3, was " + loss(w));
    }
  }

  private static double loss(Slice<double[]> w) {
    double sum = 0;
    for (int i = 0; i < TARGET.length; i++) {
      sum += Math.pow(w.array()[i] - TARGET[i], 2);
    }
    return sum;
  }
}
