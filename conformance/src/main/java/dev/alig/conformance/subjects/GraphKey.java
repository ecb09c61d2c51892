package dev.alig.conformance.subjects;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a case decides the graph that a step of it needs; all else are values that are fed.
 *
 * <p>Shapes do not matter, since the variables' are unknown to the graph. Nor does it matter which
 * parameters of a group lack a gradient: those that have one come first.
 */
record GraphKey(DType dtype, MomentumForm form, boolean hasBall, List<OfGroup> groups) {
  /** A group's part. */
  record OfGroup(boolean isCapped, boolean hasMomentum, int present, int absent) {}

  static GraphKey of(Scripted scripted, Step step) {
    List<OfGroup> groups = new ArrayList<>();
    for (int g = 0; g < scripted.groups().size(); g++) {
      Group group = scripted.groups().get(g);
      int present = (int) step.gradients().get(g).stream().filter(Optional::isPresent).count();
      int absent = group.parameters().size() - present;
      boolean capped = group.cap() != Double.POSITIVE_INFINITY;
      groups.add(new OfGroup(capped, group.hasBuffers(), present, absent));
    }
    return new GraphKey(
        scripted.dtype(), scripted.form(), JavaSettings.of(scripted).ball().isBounded(), groups);
  }
}
