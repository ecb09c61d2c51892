package dev.alig.conformance.defects;

import dev.alig.conformance.Step;
import java.util.Arrays;
import java.util.List;

/** Defects of the momentum buffers: how they start, which there are, and what clears them. */
final class BufferDefects {
  private BufferDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "buffers-start-as-parameters",
            "buffers start as copies of the parameters",
            c ->
                new PlainRun(c) {
                  @Override
                  double[] initialBuffer(double[] parameter) {
                    return parameter.clone();
                  }
                }),
        Defect.of(
            "buffers-start-as-minus-zero",
            "buffers start as zeros of the wrong sign",
            c ->
                new PlainRun(c) {
                  @Override
                  double[] initialBuffer(double[] parameter) {
                    double[] buffer = super.initialBuffer(parameter);
                    Arrays.fill(buffer, -0.0);
                    return buffer;
                  }
                }),
        Defect.of(
            "buffers-shared",
            "parameters of one size share a buffer",
            c ->
                new PlainRun(c) {
                  @Override
                  double[] buffer(Slot slot) {
                    return slots.stream()
                        .filter(other -> other.p.length == slot.p.length)
                        .findFirst()
                        .orElse(slot)
                        .v;
                  }
                }),
        Defect.of(
            "buffers-everywhere",
            "groups without momentum have buffers too",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean reportsBuffer(Slot slot) {
                    return true;
                  }
                }),
        Defect.of(
            "buffers-come-late",
            "buffers appear with the first step and not at construction",
            c ->
                new PlainRun(c) {
                  @Override
                  boolean reportsBuffer(Slot slot) {
                    return super.reportsBuffer(slot) && stepsTaken() > 0;
                  }
                }),
        Defect.of(
            "buffers-vanish",
            "the last step reports no buffers",
            c ->
                new PlainRun(c) {
                  private boolean last;

                  @Override
                  void report(double unclipped, List<Double> stepSizes) {
                    last = stepsTaken() == c.steps().size() - 1;
                    super.report(unclipped, stepSizes);
                  }

                  @Override
                  boolean reportsBuffer(Slot slot) {
                    return super.reportsBuffer(slot) && !last;
                  }
                }),
        Defect.of(
            "buffers-restart",
            "buffers are cleared before every eighth step",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Step step, List<Double> stepSizes) {
                    if (stepsTaken() % 8 == 7) {
                      slots.forEach(slot -> Arrays.fill(slot.v, 0));
                    }
                    super.update(step, stepSizes);
                  }
                }),
        Defect.of(
            "buffers-forgotten",
            "buffers are cleared before every step",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Step step, List<Double> stepSizes) {
                    slots.forEach(slot -> Arrays.fill(slot.v, 0));
                    super.update(step, stepSizes);
                  }
                }));
  }
}
