package example;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.properties.ConformanceSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The whole suite on an ALI-G of one's own: implement one interface, extend one class. */
class ArrayAliGConformanceTest extends ConformanceSuite {
  private static final Implementation SUBJECT = new Subject();

  @Override
  public Implementation subject() {
    return SUBJECT;
  }

  private static final class Subject implements Implementation {
    @Override
    public String name() {
      return "array-alig";
    }

    @Override
    public Trace run(Scripted scripted) {
      ArrayAliG optimizer =
          new ArrayAliG(
              scripted.dtype() == DType.FLOAT,
              scripted.eps(),
              scripted.form() == MomentumForm.ADJUSTED,
              scripted.radius().orElse(Double.POSITIVE_INFINITY));
      scripted.groups().forEach(group -> ArrayAliG.capped(0, group.cap()));
      Buffers buffers = new Buffers(scripted);
      optimizer.project(buffers.all());
      scripted.resumed().ifPresent(buffers::load);
      State constructed = buffers.state();
      List<TracedStep> steps = new ArrayList<>();
      for (Step step : scripted.steps()) {
        steps.add(take(optimizer, scripted, buffers, step));
      }
      return new Trace(constructed, steps, Optional.empty());
    }

    private static TracedStep take(
        ArrayAliG optimizer, Scripted scripted, Buffers buffers, Step step) {
      double[][] gradients =
          step.gradients().stream()
              .flatMap(List::stream)
              .flatMap(Optional::stream)
              .map(Tensor::toArray)
              .toArray(double[][]::new);
      double unclipped = optimizer.unclipped(step.loss(), gradients);
      List<Double> sizes = new ArrayList<>();
      double sum = 0;
      for (int g = 0; g < scripted.groups().size(); g++) {
        Group group = scripted.groups().get(g);
        double size = ArrayAliG.capped(unclipped, group.cap());
        sizes.add(size);
        sum += size;
        for (int i = 0; i < group.parameters().size(); i++) {
          double[] w = buffers.parameters.get(g).get(i);
          double[] v = buffers.momenta.get(g).get(i);
          step.gradients()
              .get(g)
              .get(i)
              .ifPresent(t -> optimizer.update(size, group.momentum(), w, v, t.toArray()));
        }
      }
      optimizer.project(buffers.all());
      return new TracedStep(unclipped, sizes, sum / sizes.size(), buffers.state());
    }

    /** What the optimizer refuses is not held against it; that it does refuse is checked. */
    @Override
    public Optional<String> inapplicable(Scripted scripted) {
      boolean legal = scripted.eps() >= 0 && scripted.radius().orElse(0) >= 0;
      for (Group group : scripted.groups()) {
        legal &= group.cap() > 0;
      }
      return legal ? Optional.empty() : Optional.of("eps, radius or a cap is out of range");
    }
  }
}
