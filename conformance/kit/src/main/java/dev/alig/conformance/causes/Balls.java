package dev.alig.conformance.causes;

import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.Enclosure;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import java.util.List;
import java.util.stream.IntStream;

/** When the projection may be taken, and of what. */
enum Balls {
  OURS(""),
  NONE("no projection"),
  AFTER_EACH_GROUP("a projection of all parameters after each group"),
  OF_GROUP("a ball of its own for each group"),
  OF_TENSOR("a ball of its own for each parameter"),
  BEFORE("a projection before the step in place of after it");

  private final String words;

  Balls(String words) {
    this.words = words;
  }

  /** What is changed, in words; an empty text where nothing is. */
  String words() {
    return words;
  }

  /** The states that are legal after construction. */
  BoundedState constructed(StepCase c, Algorithm algorithm) {
    return switch (this) {
      case OURS, AFTER_EACH_GROUP, BEFORE -> new Enclosure(c, algorithm).constructed();
      case NONE -> new Enclosure(c.unprojected(), algorithm).constructed();
      case OF_GROUP -> byGroup(c, algorithm);
      case OF_TENSOR -> byGroup(c.resumed().isPresent() ? c : Altered.tensorsApart(c), algorithm);
    };
  }

  private static BoundedState byGroup(StepCase c, Algorithm algorithm) {
    if (c.resumed().isPresent()) {
      return new Enclosure(c, algorithm).constructed();
    }
    return together(
        IntStream.range(0, c.groups().size())
            .mapToObj(g -> new Enclosure(Altered.group(c, g), algorithm).constructed())
            .toList());
  }

  /** The states that are legal after a step with these sizes. */
  BoundedState after(
      StepCase c, Algorithm algorithm, State before, Step step, List<Bounded> sizes) {
    Enclosure ours = new Enclosure(c, algorithm);
    BoundedState known = BoundedState.of(before);
    return switch (this) {
      case OURS -> ours.given(known, step, sizes);
      case NONE -> new Enclosure(c.unprojected(), algorithm).given(known, step, sizes);
      case AFTER_EACH_GROUP -> groupByGroup(ours, known, step, sizes);
      case OF_GROUP -> byGroup(c, algorithm, before, step, sizes);
      case OF_TENSOR -> byTensor(c, algorithm, before, step, sizes);
      case BEFORE -> {
        BoundedState projected = ours.given(known, Altered.onlyGroups(step, g -> false), sizes);
        yield new Enclosure(c.unprojected(), algorithm).given(projected, step, sizes);
      }
    };
  }

  private static BoundedState groupByGroup(
      Enclosure ours, BoundedState before, Step step, List<Bounded> sizes) {
    BoundedState state = before;
    for (int g = 0; g < sizes.size(); g++) {
      int now = g;
      state = ours.given(state, Altered.onlyGroups(step, other -> other == now), sizes);
    }
    return state;
  }

  private static BoundedState byGroup(
      StepCase c, Algorithm algorithm, State before, Step step, List<Bounded> sizes) {
    return together(
        IntStream.range(0, sizes.size())
            .mapToObj(
                g ->
                    new Enclosure(Altered.group(c, g), algorithm)
                        .given(
                            BoundedState.of(Altered.group(before, g)),
                            Altered.group(step, g),
                            sizes.subList(g, g + 1)))
            .toList());
  }

  private static BoundedState byTensor(
      StepCase c, Algorithm algorithm, State before, Step step, List<Bounded> sizes) {
    return byGroup(
        Altered.tensorsApart(c),
        algorithm,
        Altered.tensorsApart(before),
        Altered.tensorsApart(step),
        Altered.tensorsApart(c, sizes));
  }

  private static BoundedState together(List<BoundedState> parts) {
    return new BoundedState(
        parts.stream().flatMap(part -> part.parameters().stream()).toList(),
        parts.stream().flatMap(part -> part.buffers().stream()).toList());
  }
}
