package dev.alig.conformance.subjects;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.tensorflow.Semantics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a case and a step that determine their graph. All other values are fed.
 *
 * <p>Few graphs serve many cases, because a graph leaves shapes unknown, sorts the groups, and has
 * as many variables per group as most cases need. Spare variables hold empty tensors, which change
 * nothing.
 *
 * @param present the number of variables with a gradient per group
 * @param absent the number of variables without a gradient per group
 * @param groups the properties of the groups, sorted
 */
record GraphKey(
    DType dtype,
    MomentumForm form,
    boolean hasBall,
    int present,
    int absent,
    List<OfGroup> groups) {
  /** The greatest number of parameters per group that the suite's generators give. */
  private static final int ROOM = 3;

  /** The properties of one group. */
  record OfGroup(boolean isCapped, boolean hasMomentum) implements Comparable<OfGroup> {
    @Override
    public int compareTo(OfGroup other) {
      return Comparator.comparing(OfGroup::isCapped)
          .thenComparing(OfGroup::hasMomentum)
          .compare(this, other);
    }
  }

  static GraphKey of(StepCase scripted, Step step, Semantics semantics) {
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

  /**
   * A case's settings. Without momentum the momentum form has no effect, so TF1's only form
   * replaces it.
   */
  static Settings settings(StepCase scripted, Semantics semantics) {
    Settings settings = JavaSettings.of(scripted);
    return semantics == Semantics.TF1 && !JavaSettings.hasMomentum(scripted)
        ? settings.toBuilder().momentumForm(MomentumForm.ADJUSTED).build()
        : settings;
  }

  /** For each group of the graph, the index of the case's group. */
  static List<Integer> order(StepCase scripted, Semantics semantics) {
    List<Integer> order = new ArrayList<>();
    for (int g = 0; g < scripted.groups().size(); g++) {
      order.add(g);
    }
    order.sort(Comparator.comparing(g -> part(scripted, g, semantics)));
    return order;
  }

  /**
   * With PyTorch's semantics an infinite fed cap means no cap, so all groups are capped or none is.
   * With TF1's semantics any cap, also an infinite one, clips at 0.
   */
  private static OfGroup part(StepCase scripted, int g, Semantics semantics) {
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
