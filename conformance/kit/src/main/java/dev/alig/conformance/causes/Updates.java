package dev.alig.conformance.causes;

import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The momentum and the parameters after each step, given its step sizes. */
final class Updates extends Quantity {
  private static final Moves[] MOVES = Moves.values();
  private static final Balls[] BALLS = Balls.values();

  /** The changes in words, by dimension. */
  static final List<List<String>> WORDS =
      List.of(
          Stream.of(MOVES).map(Moves::words).toList(), Stream.of(BALLS).map(Balls::words).toList());

  Updates(StepCase scripted, Algorithm algorithm, Trace trace) {
    super(WORDS, scripted, algorithm, trace);
  }

  /** Whether the parameters after construction are those of our settings. */
  boolean isConstructionLegal() {
    return constructs(Balls.OURS);
  }

  /** The changes that explain the parameters after construction. */
  List<List<String>> constructions(Predicate<String> allowed) {
    return Stream.of(Balls.NONE, Balls.OF_GROUP, Balls.OF_TENSOR)
        .filter(ball -> allowed.test(ball.words()) && constructs(ball))
        .map(ball -> List.of(ball.words()))
        .toList();
  }

  private boolean constructs(Balls balls) {
    return holdsParameters(balls.constructed(scripted, algorithm), trace.constructed());
  }

  /** Whether a momentum is off, not only parameters. */
  boolean isMomentumOff() {
    return IntStream.range(0, trace.steps().size())
        .anyMatch(
            k -> !holdsBuffers(after(Moves.OURS, Balls.OURS, k), trace.steps().get(k).after()));
  }

  @Override
  List<List<String>> explanations(Predicate<String> allowed) {
    boolean projects = scripted.radius().isPresent();
    return super.explanations(
        words -> allowed.test(words) && (projects || !WORDS.get(1).contains(words)));
  }

  @Override
  boolean isOff(int k) {
    return !explains(new int[] {0, 0}, k);
  }

  @Override
  boolean explains(int[] choices, int k) {
    BoundedState legal = after(MOVES[choices[0]], BALLS[choices[1]], k);
    State found = trace.steps().get(k).after();
    return holdsParameters(legal, found) && holdsBuffers(legal, found);
  }

  private BoundedState after(Moves moves, Balls balls, int k) {
    StepCase changed = moves.of(scripted);
    Step step = changed.steps().get(k);
    List<Bounded> sizes = trace.steps().get(k).stepSizes().stream().map(Bounded::of).toList();
    return balls.after(changed, moves.of(algorithm), trace.before(k), step, sizes);
  }

  private static boolean holdsParameters(BoundedState legal, State found) {
    List<List<Bounded>> bounds = legal.parameters().stream().flatMap(List::stream).toList();
    List<Tensor> tensors = found.parameters().stream().flatMap(List::stream).toList();
    return !Altered.zip(bounds, tensors, Updates::holds).contains(false);
  }

  /** A buffer that either side lacks is not looked at. */
  private static boolean holdsBuffers(BoundedState legal, State found) {
    List<Optional<List<Bounded>>> bounds = legal.buffers().stream().flatMap(List::stream).toList();
    List<Optional<Tensor>> tensors = found.buffers().stream().flatMap(List::stream).toList();
    return !Altered.zip(
            bounds,
            tensors,
            (bound, tensor) ->
                bound.isEmpty() || tensor.isEmpty() || holds(bound.get(), tensor.get()))
        .contains(false);
  }

  private static boolean holds(List<Bounded> bounds, Tensor tensor) {
    return IntStream.range(0, tensor.size()).allMatch(e -> bounds.get(e).accepts(tensor.get(e)));
  }
}
