package dev.alig.conformance.model;

import dev.alig.MomentumForm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * A case with given losses and gradients, which tests the step rule alone.
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
@API(status = API.Status.STABLE, since = "0.1")
public record StepCase(
    String id,
    DType dtype,
    double eps,
    MomentumForm form,
    OptionalDouble radius,
    List<Group> groups,
    List<Step> steps,
    Optional<State> resumed) {
  /** Copies the lists and checks that every step has a gradient slot for every parameter. */
  public StepCase {
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
  public StepCase continuedFrom(State state, List<Step> next) {
    return new StepCase(id, dtype, eps, form, radius, groups, next, Optional.of(state));
  }

  /** Step {@code k} alone, from the state that a run had before it. */
  public StepCase oneStep(Trace run, int k) {
    return continuedFrom(run.before(k), List.of(steps.get(k)));
  }

  /**
   * Whether a trace's first state is the very object of this case. Then nobody read it from an
   * optimizer, and a comparison with the case would say nothing.
   */
  @SuppressWarnings("ReferenceEquality") // compares identities on purpose
  public boolean isItsOwn(State constructed) {
    return resumed.isPresent() && resumed.get() == constructed;
  }

  /** The same problem with other steps. */
  public StepCase withSteps(List<Step> others) {
    return new StepCase(id, dtype, eps, form, radius, groups, others, resumed);
  }

  /** The same problem with other groups. */
  public StepCase withGroups(List<Group> others) {
    return new StepCase(id, dtype, eps, form, radius, others, steps, resumed);
  }

  /** The same problem without a projection. */
  public StepCase unprojected() {
    return withRadius(OptionalDouble.empty());
  }

  /** The same problem with another ball, or none. */
  public StepCase withRadius(OptionalDouble other) {
    return new StepCase(id, dtype, eps, form, other, groups, steps, resumed);
  }

  /** The initial parameters of each group. */
  public List<List<Tensor>> parameters() {
    return groups.stream().map(Group::parameters).toList();
  }

  /** The case in one line, for messages. */
  public String describe() {
    return "%s, %s, %s, %d groups, %d steps, %s"
        .formatted(
            Visible.of(id),
            dtype,
            form.name().toLowerCase(Locale.ROOT),
            groups.size(),
            steps.size(),
            radius.isPresent() ? "radius " + radius.getAsDouble() : "no ball");
  }
}
