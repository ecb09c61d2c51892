package dev.alig.conformance;

import dev.alig.MomentumForm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A case whose losses and gradients are supplied, so that it tests the step rule alone.
 *
 * @param id a name that is unique among the cases of a run
 * @param dtype the format of every tensor
 * @param eps the constant added to the squared norm of the gradient
 * @param form the form of the momentum
 * @param radius the radius of the l2 ball; empty for no projection
 * @param groups the parameter groups, at least one
 * @param steps the steps, in order
 * @param resumed the state to load right after construction, without projecting it; empty to start
 *     from the groups' parameters
 */
public record Scripted(
    String id,
    DType dtype,
    double eps,
    MomentumForm form,
    OptionalDouble radius,
    List<Group> groups,
    List<Step> steps,
    Optional<State> resumed)
    implements Case {
  /** Copies the lists and checks that every step has a gradient slot for every parameter. */
  public Scripted {
    groups = List.copyOf(groups);
    steps = List.copyOf(steps);
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("case " + id + " has no parameter group");
    }
    for (int k = 0; k < steps.size(); k++) {
      requireSlots(id, k, groups, steps.get(k));
    }
  }

  private static void requireSlots(String id, int k, List<Group> groups, Step step) {
    if (step.gradients().size() != groups.size()) {
      throw new IllegalArgumentException(
          "case %s, step %d: %d groups of gradients for %d groups"
              .formatted(id, k, step.gradients().size(), groups.size()));
    }
    for (int g = 0; g < groups.size(); g++) {
      int expected = groups.get(g).parameters().size();
      int actual = step.gradients().get(g).size();
      if (actual != expected) {
        throw new IllegalArgumentException(
            "case %s, step %d, group %d: %d gradients for %d parameters"
                .formatted(id, k, g, actual, expected));
      }
    }
  }

  /** The same problem with other steps, from another state. */
  public Scripted continuedFrom(State state, List<Step> next) {
    return new Scripted(id, dtype, eps, form, radius, groups, next, Optional.of(state));
  }

  /** Step {@code k} alone, from the state that a run had before it. */
  public Scripted oneStep(Trace run, int k) {
    return continuedFrom(run.before(k), List.of(steps.get(k)));
  }

  /** The same problem with other steps. */
  public Scripted withSteps(List<Step> others) {
    return new Scripted(id, dtype, eps, form, radius, groups, others, resumed);
  }

  /** The same problem with other groups. */
  public Scripted withGroups(List<Group> others) {
    return new Scripted(id, dtype, eps, form, radius, others, steps, resumed);
  }

  /** The same problem without a projection. */
  public Scripted unprojected() {
    return new Scripted(id, dtype, eps, form, OptionalDouble.empty(), groups, steps, resumed);
  }

  /** The case in one line, for messages. */
  public String describe() {
    return "%s, %s, %s, %d groups, %d steps, %s"
        .formatted(
            id,
            dtype,
            form.name().toLowerCase(Locale.ROOT),
            groups.size(),
            steps.size(),
            radius.isPresent() ? "radius " + radius.getAsDouble() : "no ball");
  }
}
