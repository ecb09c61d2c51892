package dev.alig.conformance.cases;

import dev.alig.conformance.Group;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Makes a failing case small: leaves out steps, groups, parameters, halves of tensors and the ball,
 * one at a time, as long as it still fails.
 */
public final class Reducer {
  /** More than a case of the suite has parts; each attempt runs both implementations once. */
  private static final int ATTEMPTS = 2000;

  private Reducer() {}

  /** The smallest case found that still fails; the case itself if it does not fail by itself. */
  public static Scripted reduce(Scripted failing, Predicate<Scripted> fails) {
    if (!fails.test(failing)) {
      return failing;
    }
    Scripted smallest = failing;
    int attempts = 0;
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Scripted candidate : smaller(smallest)) {
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

  private static List<Scripted> smaller(Scripted c) {
    List<Scripted> candidates = new ArrayList<>();
    for (int k = 0; k < c.steps().size(); k++) {
      candidates.add(with(c, c.radius(), c.groups(), without(c.steps(), k), c.resumed()));
    }
    if (c.radius().isPresent()) {
      candidates.add(c.unprojected());
    }
    for (int g = 0; g < c.groups().size(); g++) {
      if (c.groups().size() > 1) {
        candidates.add(withoutGroup(c, g));
      }
      for (int i = 0; i < c.groups().get(g).parameters().size(); i++) {
        addSmaller(candidates, c, g, i);
      }
    }
    return candidates;
  }

  private static void addSmaller(List<Scripted> candidates, Scripted c, int g, int i) {
    if (c.groups().get(g).parameters().size() > 1) {
      candidates.add(withoutParameter(c, g, i));
    }
    int size = c.groups().get(g).parameters().get(i).size();
    if (size > 1) {
      candidates.add(mapTensor(c, g, i, tensor -> part(tensor, 0, size / 2)));
      candidates.add(mapTensor(c, g, i, tensor -> part(tensor, size / 2, size)));
    }
  }

  private static Tensor part(Tensor tensor, int from, int to) {
    return Tensor.vector(Arrays.copyOfRange(tensor.toArray(), from, to));
  }

  private static Scripted withoutGroup(Scripted c, int g) {
    return with(
        c,
        c.radius(),
        without(c.groups(), g),
        mapGradients(c, groups -> without(groups, g)),
        c.resumed().map(s -> new State(without(s.parameters(), g), without(s.buffers(), g))));
  }

  private static Scripted withoutParameter(Scripted c, int g, int i) {
    return with(
        c,
        c.radius(),
        replaced(c.groups(), g, group -> withParameters(group, without(group.parameters(), i))),
        mapGradients(c, groups -> replaced(groups, g, ofGroup -> without(ofGroup, i))),
        c.resumed()
            .map(
                s ->
                    new State(
                        replaced(s.parameters(), g, ofGroup -> without(ofGroup, i)),
                        replaced(s.buffers(), g, ofGroup -> without(ofGroup, i)))));
  }

  private static Scripted mapTensor(Scripted c, int g, int i, UnaryOperator<Tensor> change) {
    UnaryOperator<List<Tensor>> all = ofGroup -> replaced(ofGroup, i, change);
    UnaryOperator<List<Optional<Tensor>>> present =
        ofGroup -> replaced(ofGroup, i, tensor -> tensor.map(change));
    return with(
        c,
        c.radius(),
        replaced(c.groups(), g, group -> withParameters(group, all.apply(group.parameters()))),
        mapGradients(c, groups -> replaced(groups, g, present)),
        c.resumed()
            .map(
                s ->
                    new State(
                        replaced(s.parameters(), g, all), replaced(s.buffers(), g, present))));
  }

  private static Group withParameters(Group group, List<Tensor> parameters) {
    return new Group(group.maxLearningRate(), group.momentum(), parameters);
  }

  private static List<Step> mapGradients(
      Scripted c, UnaryOperator<List<List<Optional<Tensor>>>> change) {
    return c.steps().stream()
        .map(step -> new Step(step.loss(), step.lossKind(), change.apply(step.gradients())))
        .toList();
  }

  private static Scripted with(
      Scripted c,
      OptionalDouble radius,
      List<Group> groups,
      List<Step> steps,
      Optional<State> resumed) {
    return new Scripted(c.id(), c.dtype(), c.eps(), c.form(), radius, groups, steps, resumed);
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
