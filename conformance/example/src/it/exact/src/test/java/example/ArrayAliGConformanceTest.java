package example;

import dev.alig.MomentumForm;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LentGradients;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
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
    public Trace run(StepCase scripted) {
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
      LentGradients<double[]> lent = LentGradients.ofDoubles(scripted);
      for (Step step : scripted.steps()) {
        steps.add(take(optimizer, scripted, buffers, step.loss(), lent.lend(step)));
        lent.takeBack();
      }
      return new Trace(constructed, steps, Optional.empty(), Optional.of(lent.effects()));
    }

    private static TracedStep take(
        ArrayAliG optimizer,
        StepCase scripted,
        Buffers buffers,
        double loss,
        List<List<Optional<double[]>>> gradients) {
      double[][] present =
          gradients.stream()
              .flatMap(List::stream)
              .flatMap(Optional::stream)
              .toArray(double[][]::new);
      double unclipped = optimizer.unclipped(loss, present);
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
          gradients
              .get(g)
              .get(i)
              .ifPresent(gradient -> optimizer.update(size, group.momentum(), w, v, gradient));
        }
      }
      optimizer.project(buffers.all());
      return new TracedStep(unclipped, sizes, sum / sizes.size(), buffers.state());
    }

    /** What the optimizer refuses is not held against it; that it does refuse is checked. */
    @Override
    public Optional<String> inapplicable(StepCase scripted) {
      boolean legal = scripted.eps() >= 0 && scripted.radius().orElse(0) >= 0;
      for (Group group : scripted.groups()) {
        legal &= group.cap() > 0;
      }
      return legal ? Optional.empty() : Optional.of("eps, radius or a cap is out of range");
    }
  }
}
