package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.experiments.optimizers.FlatOptimizer;
import dev.alig.experiments.optimizers.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An optimizer on a flat array, run on a case of {@link Layout}. */
final class TableSubject implements Implementation {
  private final String name;
  private final Algorithm algorithm;
  private final TableOptimizer.Maker maker;

  TableSubject(String name, Algorithm algorithm, TableOptimizer.Maker maker) {
    this.name = name;
    this.algorithm = algorithm;
    this.maker = maker;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Class<?> code() {
    return FlatOptimizer.class;
  }

  @Override
  public Algorithm algorithm() {
    return algorithm;
  }

  @Override
  public Optional<String> inapplicable(StepCase scripted) {
    Layout layout = Layout.of(scripted.groups());
    return scripted.steps().stream()
            .allMatch(step -> step.presentGradients().size() == layout.shapes().size())
        ? Optional.empty()
        : Optional.of("a flat array has a gradient for each parameter");
  }

  @Override
  public Trace run(StepCase scripted) {
    State start = scripted.resumed().orElseGet(() -> State.initial(scripted.groups()));
    Running running = new Running(scripted, start);
    State constructed = running.state();
    List<TracedStep> steps = new ArrayList<>();
    double rate = scripted.groups().get(0).cap();
    for (Step step : scripted.steps()) {
      running.optimizer.step(step.loss(), rate, running.w, Layout.flat(step.presentGradients()));
      List<Double> rates = List.of(rate, rate);
      steps.add(new TracedStep(Double.POSITIVE_INFINITY, rates, rate, running.state()));
    }
    return new Trace(constructed, steps, Optional.empty());
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }

  /** An optimizer with the state of a case in it. */
  private final class Running {
    private final StepCase scripted;
    private final Layout layout;
    private final List<Double> settings;
    private final double[] w;
    private final FlatOptimizer optimizer;

    Running(StepCase scripted, State start) {
      this.scripted = scripted;
      this.layout = Layout.of(scripted.groups());
      List<Tensor> kept = start.parameters().get(1);
      this.settings = Rows.read(layout.settings(kept).toArray());
      this.w = Layout.flat(start.parameters().get(0));
      Format format = scripted.dtype() == DType.FLOAT ? Format.FLOAT : Format.DOUBLE;
      this.optimizer = maker.make(format, layout.size(), doubles(settings));
      int index = 0;
      for (double[] vector : optimizer.vectors().values()) {
        double[] given = Layout.flat(layout.vector(index, kept));
        System.arraycopy(given, 0, vector, 0, given.length);
        index++;
      }
      List<Double> numbers = Rows.read(layout.numbers(kept).toArray());
      int at = 0;
      for (String number : List.copyOf(optimizer.numbers().keySet())) {
        optimizer.numbers().put(number, numbers.get(at));
        at++;
      }
    }

    State state() {
      List<double[]> vectors = List.copyOf(optimizer.vectors().values());
      List<Double> numbers = List.copyOf(optimizer.numbers().values());
      List<List<Tensor>> parameters =
          List.of(layout.tensors(w), layout.slots(scripted.dtype(), vectors, numbers, settings));
      return State.initial(scripted.groups()).withParameters(parameters);
    }
  }
}
