package dev.alig.conformance.cases;

import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * Makes a failing case small: leaves out steps, groups, parameters, halves of tensors and the ball,
 * one at a time, for as long as the case still fails.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Reducer {
  /** More than the parts of any case of the suite. Each attempt runs both implementations. */
  private static final int ATTEMPTS = 2000;

  private Reducer() {}

  /** The smallest case found that still fails; the case itself if it does not fail by itself. */
  public static StepCase reduce(StepCase failing, Predicate<StepCase> fails) {
    if (!fails.test(failing)) {
      return failing;
    }
    StepCase smallest = failing;
    int attempts = 0;
    boolean progress = true;
    while (progress) {
      progress = false;
      for (StepCase candidate : smaller(smallest)) {
        if (attempts++ > ATTEMPTS) {
          return smallest;
        }
        if (fails.test(candidate)) {
          smallest = candidate;
          progress = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static List<StepCase> smaller(StepCase c) {
    List<StepCase> candidates = new ArrayList<>();
    for (int k = 0; k < c.steps().size(); k++) {
      candidates.add(c.withSteps(without(c.steps(), k)));
    }
    if (c.radius().isPresent()) {
      candidates.add(c.unprojected());
    }
    for (int number = 0; number < c.groups().size(); number++) {
      int g = number;
      if (c.groups().size() > 1) {
        candidates.add(changed(c, without(c.groups(), g), all -> without(all, g)));
      }
      for (int i = 0; i < c.groups().get(g).parameters().size(); i++) {
        addSmaller(candidates, c, g, i);
      }
    }
    return candidates;
  }

  private static void addSmaller(List<StepCase> candidates, StepCase c, int g, int i) {
    if (c.groups().get(g).parameters().size() > 1) {
      candidates.add(changedInGroup(c, g, group -> without(group, i)));
    }
    int size = c.groups().get(g).parameters().get(i).size();
    if (size > 1) {
      candidates.add(cut(c, g, i, 0, size / 2));
      candidates.add(cut(c, g, i, size / 2, size));
    }
  }

  private static StepCase cut(StepCase c, int g, int i, int from, int to) {
    UnaryOperator<Optional<Tensor>> part =
        tensor -> tensor.map(t -> Tensor.vector(Arrays.copyOfRange(t.toArray(), from, to)));
    return changedInGroup(c, g, group -> replaced(group, i, part));
  }

  private static StepCase changedInGroup(
      StepCase c, int g, UnaryOperator<List<Optional<Tensor>>> change) {
    return changed(c, c.groups(), all -> replaced(all, g, change));
  }

  /** The case with parameters, gradients and buffers changed alike. */
  private static StepCase changed(
      StepCase c, List<Group> settings, UnaryOperator<List<List<Optional<Tensor>>>> change) {
    List<List<Tensor>> parameters = changed(c.parameters(), change);
    return new StepCase(
        c.id(),
        c.dtype(),
        c.eps(),
        c.form(),
        c.radius(),
        IntStream.range(0, settings.size())
            .mapToObj(g -> settings.get(g).withParameters(parameters.get(g)))
            .toList(),
        c.steps().stream()
            .map(step -> new Step(step.loss(), step.lossKind(), change.apply(step.gradients())))
            .toList(),
        c.resumed()
            .map(s -> new State(changed(s.parameters(), change), change.apply(s.buffers()))));
  }

  private static List<List<Tensor>> changed(
      List<List<Tensor>> parameters, UnaryOperator<List<List<Optional<Tensor>>>> change) {
    List<List<Optional<Tensor>>> present =
        parameters.stream().map(group -> group.stream().map(Optional::of).toList()).toList();
    return change.apply(present).stream()
        .map(group -> group.stream().map(Optional::orElseThrow).toList())
        .toList();
  }

  private static <T> List<T> without(List<T> list, int index) {
    List<T> shorter = new ArrayList<>(list);
    shorter.remove(index);
    return shorter;
  }

  private static <T> List<T> replaced(List<T> list, int index, UnaryOperator<T> change) {
    List<T> changed = new ArrayList<>(list);
    changed.set(index, change.apply(changed.get(index)));
    return changed;
  }
}
