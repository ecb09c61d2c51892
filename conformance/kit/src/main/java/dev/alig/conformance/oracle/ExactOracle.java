package dev.alig.conformance.oracle;

import dev.alig.MomentumForm;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apiguardian.api.API;

/**
 * ALI-G as specified: each operation is done in real arithmetic and rounded once.
 *
 * <p>It needs no Python, shares no code with the optimizers that it judges, and is slow.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ExactOracle implements Implementation {
  @Override
  public String name() {
    return "exact";
  }

  @Override
  public Trace run(StepCase scripted) {
    return run(scripted, (k, step) -> stepSizes(scripted, step));
  }

  @Override
  public Optional<Trace> runGiven(StepCase scripted, List<List<Double>> stepSizes) {
    return Optional.of(run(scripted, (k, step) -> new Sizes(Double.NaN, stepSizes.get(k))));
  }

  private record Sizes(double unclipped, List<Double> ofGroups) {
    /** The mean as in Python: a sum starts with the integer 0, so a mean of -0.0 is 0.0. */
    double mean() {
      double sum = 0;
      for (double size : ofGroups) {
        sum += size;
      }
      return sum / ofGroups.size();
    }
  }

  private static Trace run(StepCase scripted, BiFunction<Integer, Step, Sizes> sizes) {
    State state =
        scripted.resumed().orElseGet(() -> projected(scripted, State.initial(scripted.groups())));
    State constructed = state;
    List<TracedStep> traced = new ArrayList<>();
    for (int k = 0; k < scripted.steps().size(); k++) {
      Step step = scripted.steps().get(k);
      Sizes taken = sizes.apply(k, step);
      state = projected(scripted, updated(scripted, state, step, taken.ofGroups()));
      traced.add(new TracedStep(taken.unclipped(), taken.ofGroups(), taken.mean(), state));
    }
    return new Trace(constructed, traced, Optional.empty());
  }

  private static Sizes stepSizes(StepCase scripted, Step step) {
    DType dtype = scripted.dtype();
    ExactArithmetic exact = new ExactArithmetic(dtype);
    List<Tensor> gradients = step.presentGradients();
    double unclipped =
        gradients.isEmpty()
            ? step.loss() / (0.0 + scripted.eps())
            : exact.divide(
                dtype.round(step.loss()),
                exact.add(squaredNorm(gradients, exact), dtype.round(scripted.eps())));
    List<Double> ofGroups =
        scripted.groups().stream()
            .map(group -> group.cap() < unclipped ? group.cap() : unclipped)
            .toList();
    return new Sizes(unclipped, ofGroups);
  }

  private static double squaredNorm(List<Tensor> tensors, ExactArithmetic exact) {
    double sum = 0;
    for (Tensor tensor : tensors) {
      double norm = exact.norm(tensor.toArray());
      sum = exact.add(sum, exact.multiply(norm, norm));
    }
    return sum;
  }

  private static State updated(StepCase scripted, State before, Step step, List<Double> stepSizes) {
    List<List<Tensor>> parameters = new ArrayList<>();
    List<List<Optional<Tensor>>> buffers = new ArrayList<>();
    for (int g = 0; g < scripted.groups().size(); g++) {
      List<Tensor> groupParameters = new ArrayList<>();
      List<Optional<Tensor>> groupBuffers = new ArrayList<>();
      for (int i = 0; i < before.parameters().get(g).size(); i++) {
        Tensor parameter = before.parameters().get(g).get(i);
        Optional<Tensor> buffer = before.buffers().get(g).get(i);
        Optional<Tensor> gradient = step.gradients().get(g).get(i);
        if (gradient.isPresent()) {
          double[] p = parameter.toArray();
          double[] v = buffer.map(Tensor::toArray).orElseGet(() -> new double[0]);
          double momentum = scripted.groups().get(g).momentum();
          update(scripted, p, v, gradient.get().toArray(), stepSizes.get(g), momentum);
          parameter = Tensor.of(parameter.shape(), p);
          buffer = buffer.map(old -> Tensor.of(old.shape(), v));
        }
        groupParameters.add(parameter);
        groupBuffers.add(buffer);
      }
      parameters.add(groupParameters);
      buffers.add(groupBuffers);
    }
    return new State(parameters, buffers);
  }

  private static void update(
      StepCase scripted, double[] p, double[] v, double[] g, double stepSize, double momentum) {
    DType dtype = scripted.dtype();
    ExactArithmetic exact = new ExactArithmetic(dtype);
    double step = dtype.round(stepSize);
    double mu = dtype.round(momentum);
    double stepTimesMomentum = dtype.round(stepSize * momentum);
    for (int e = 0; e < p.length; e++) {
      p[e] = exact.fusedMultiplyAdd(g[e], -step, p[e]);
      if (momentum == 0) {
        continue;
      }
      double decayed = exact.multiply(mu, v[e]);
      if (scripted.form() == MomentumForm.STANDARD) {
        v[e] = exact.fusedMultiplyAdd(g[e], -step, decayed);
        p[e] = exact.fusedMultiplyAdd(v[e], mu, p[e]);
      } else {
        v[e] = exact.add(decayed, -g[e]);
        p[e] = exact.fusedMultiplyAdd(v[e], stepTimesMomentum, p[e]);
      }
    }
  }

  private static State projected(StepCase scripted, State state) {
    if (scripted.radius().isEmpty()) {
      return state;
    }
    ExactArithmetic exact = new ExactArithmetic(scripted.dtype());
    double radius = scripted.dtype().round(scripted.radius().getAsDouble());
    List<Tensor> all = state.parameters().stream().flatMap(List::stream).toList();
    double norm = exact.squareRoot(squaredNorm(all, exact));
    if (!(norm > radius)) {
      return state;
    }
    double factor = exact.divide(radius, norm);
    return state.map(p -> p.map(x -> exact.multiply(x, factor)), buffer -> buffer);
  }
}
