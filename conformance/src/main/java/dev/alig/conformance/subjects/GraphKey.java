package dev.alig.conformance.subjects;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.tensorflow.Semantics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What of a case decides the graph that a step of it needs; all else are values that are fed.
 *
 * <p>So that few graphs serve many cases, shapes are unknown to the graph, groups are in an order
 * of their own, and each has room for as many parameters as most cases have; room that is left over
 * is filled with tensors without elements, which change nothing.
 *
 * @param present the room for parameters with a gradient, in each group
 * @param absent the room for parameters without one
 * @param groups what decides about groups, in order
 */
record GraphKey(
    DType dtype,
    MomentumForm form,
    boolean hasBall,
    int present,
    int absent,
    List<OfGroup> groups) {
  /** As many parameters as a group of the suite's own generators has. */
  private static final int ROOM = 3;

  /** A group's part. */
  record OfGroup(boolean isCapped, boolean hasMomentum) implements Comparable<OfGroup> {
    @Override
    public int compareTo(OfGroup other) {
      return Comparator.comparing(OfGroup::isCapped)
          .thenComparing(OfGroup::hasMomentum)
          .compare(this, other);
    }
  }

  static GraphKey of(Scripted scripted, Step step, Semantics semantics) {
    int present = 0;
    int absent = 0;
    for (List<Optional<Tensor>> group : step.gradients()) {
      int here = (int) group.stream().filter(Optional::isPresent).count();
      present = Math.max(present, here);
      absent = Math.max(absent, group.size() - here);
    }
    List<OfGroup> groups = new ArrayList<>();
    for (int g : order(scripted, semantics)) {
      groups.add(part(scripted, g, semantics));
    }
    Settings settings = settings(scripted, semantics);
    return new GraphKey(
        scripted.dtype(),
        settings.momentumForm(),
        settings.ball().isBounded(),
        room(present),
        room(absent),
        groups);
  }

  /** A case without momentum has a form that nothing depends on, and TF1 knows one form only. */
  static Settings settings(Scripted scripted, Semantics semantics) {
    Settings settings = JavaSettings.of(scripted);
    return semantics == Semantics.TF1 && !JavaSettings.hasMomentum(scripted)
        ? settings.toBuilder().momentumForm(MomentumForm.ADJUSTED).build()
        : settings;
  }

  /** Which group of the case each group of the graph is. */
  static List<Integer> order(Scripted scripted, Semantics semantics) {
    List<Integer> order = new ArrayList<>();
    for (int g = 0; g < scripted.groups().size(); g++) {
      order.add(g);
    }
    order.sort(Comparator.comparing(g -> part(scripted, g, semantics)));
    return order;
  }

  /**
   * Where PyTorch is followed, a cap that is fed as infinity is none; so all have one or none. TF1
   * clips at 0 where there is a cap, however large.
   */
  private static OfGroup part(Scripted scripted, int g, Semantics semantics) {
    Group group = scripted.groups().get(g);
    boolean capped =
        semantics == Semantics.TF1
            ? group.maxLearningRate().isPresent()
            : scripted.groups().stream().anyMatch(any -> any.cap() != GroupSettings.UNCAPPED);
    return new OfGroup(capped, group.hasBuffers());
  }

  private static int room(int needed) {
    return needed == 0 ? 0 : Math.max(ROOM, needed);
  }
}
