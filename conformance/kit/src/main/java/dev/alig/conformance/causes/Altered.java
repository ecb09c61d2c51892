package dev.alig.conformance.causes;

import dev.alig.MomentumForm;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Cases, steps and states with a changed setting. */
final class Altered {
  private static final double CAP = 0.5;

  private Altered() {}

  /** Two lists of one length, element by element. */
  static <A, B, R> List<R> zip(List<A> as, List<B> bs, BiFunction<A, B, R> of) {
    return IntStream.range(0, as.size()).mapToObj(i -> of.apply(as.get(i), bs.get(i))).toList();
  }

  static StepCase eps(StepCase c, double eps) {
    return new StepCase(
        c.id(), c.dtype(), eps, c.form(), c.radius(), c.groups(), c.steps(), c.resumed());
  }

  static StepCase form(StepCase c, MomentumForm form) {
    return new StepCase(
        c.id(), c.dtype(), c.eps(), form, c.radius(), c.groups(), c.steps(), c.resumed());
  }

  /** The momentum of the first group, wherever there is momentum. */
  static StepCase firstMomentum(StepCase c) {
    double first = c.groups().get(0).momentum();
    return c.withGroups(
        c.groups().stream()
            .map(g -> new Group(g.maxLearningRate(), g.hasBuffers() ? first : 0, g.parameters()))
            .toList());
  }

  /** Steps whose sizes are the caps, all the same. */
  static StepCase leftToCaps(StepCase c) {
    List<Group> capped =
        c.groups().stream()
            .map(g -> new Group(OptionalDouble.of(CAP), g.momentum(), g.parameters()))
            .toList();
    List<Double> sizes = capped.stream().map(Group::cap).toList();
    return c.withGroups(capped)
        .withSteps(c.steps().stream().map(step -> step.leftToCaps(sizes)).toList());
  }

  /** Every gradient the other way. */
  static StepCase ascending(StepCase c) {
    return gradients(c, (gradient, parameter) -> gradient.map(Altered::negated));
  }

  /** Zeros where there is no gradient. */
  static StepCase withoutAbsent(StepCase c) {
    return gradients(c, (gradient, p) -> gradient.or(() -> Optional.of(Tensor.zeros(p.shape()))));
  }

  @FunctionalInterface
  private interface Gradients {
    Optional<Tensor> of(Optional<Tensor> gradient, Tensor parameter);
  }

  private static StepCase gradients(StepCase c, Gradients change) {
    UnaryOperator<Step> changed =
        step -> new Step(step.loss(), step.lossKind(), gradients(c, step, change));
    return c.withSteps(c.steps().stream().map(changed).toList());
  }

  private static List<List<Optional<Tensor>>> gradients(StepCase c, Step step, Gradients change) {
    return zip(
        c.groups(),
        step.gradients(),
        (group, gradients) -> zip(group.parameters(), gradients, (p, g) -> change.of(g, p)));
  }

  private static Tensor negated(Tensor tensor) {
    double[] values = tensor.toArray();
    for (int e = 0; e < values.length; e++) {
      values[e] = -values[e];
    }
    return Tensor.of(tensor.shape(), values);
  }

  /** Each tensor in a group by itself, with the settings of its group. */
  static StepCase tensorsApart(StepCase c) {
    List<Group> groups =
        c.groups().stream()
            .flatMap(
                g ->
                    g.parameters().stream()
                        .map(p -> new Group(g.maxLearningRate(), g.momentum(), List.of(p))))
            .toList();
    return of(c, groups, Altered::tensorsApart);
  }

  /** A step of a case whose tensors are groups by themselves. */
  static Step tensorsApart(Step step) {
    List<List<Optional<Tensor>>> gradients =
        step.gradients().stream().flatMap(List::stream).map(List::of).toList();
    return new Step(step.loss(), step.lossKind(), gradients);
  }

  /** A state whose tensors are groups by themselves. */
  static State tensorsApart(State state) {
    return new State(
        state.parameters().stream().flatMap(List::stream).map(List::of).toList(),
        state.buffers().stream().flatMap(List::stream).map(List::of).toList());
  }

  /** The step sizes of a case whose tensors are groups by themselves. */
  static List<Bounded> tensorsApart(StepCase c, List<Bounded> sizes) {
    return zip(
            c.groups(), sizes, (group, size) -> group.parameters().stream().map(p -> size).toList())
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  /** One group alone. */
  static StepCase group(StepCase c, int g) {
    return of(c, List.of(c.groups().get(g)), step -> group(step, g));
  }

  /** A step of one group alone. */
  static Step group(Step step, int g) {
    return new Step(step.loss(), step.lossKind(), List.of(step.gradients().get(g)));
  }

  /** The part of a state that is one group's. */
  static State group(State state, int g) {
    return new State(List.of(state.parameters().get(g)), List.of(state.buffers().get(g)));
  }

  private static StepCase of(StepCase c, List<Group> groups, UnaryOperator<Step> steps) {
    List<Step> all = c.steps().stream().map(steps).toList();
    return new StepCase(
        c.id(), c.dtype(), c.eps(), c.form(), c.radius(), groups, all, Optional.empty());
  }

  /** A step in which only some groups have their gradients. */
  static Step onlyGroups(Step step, IntPredicate which) {
    List<List<Optional<Tensor>>> gradients =
        IntStream.range(0, step.gradients().size())
            .mapToObj(
                g -> which.test(g) ? step.gradients().get(g) : absent(step.gradients().get(g)))
            .toList();
    return new Step(step.loss(), step.lossKind(), gradients);
  }

  /** A step without the last of its gradients, if there are several. */
  static Step withoutLastGradient(Step step) {
    List<List<Optional<Tensor>>> gradients = new ArrayList<>();
    step.gradients().forEach(group -> gradients.add(new ArrayList<>(group)));
    long there = gradients.stream().flatMap(List::stream).filter(Optional::isPresent).count();
    for (int g = gradients.size() - 1; there > 1 && g >= 0; g--) {
      for (int i = gradients.get(g).size() - 1; there > 1 && i >= 0; i--) {
        if (gradients.get(g).get(i).isPresent()) {
          gradients.get(g).set(i, Optional.empty());
          there = 0;
        }
      }
    }
    return new Step(step.loss(), step.lossKind(), gradients);
  }

  private static List<Optional<Tensor>> absent(List<Optional<Tensor>> gradients) {
    return gradients.stream().map(any -> Optional.<Tensor>empty()).toList();
  }
}
