package dev.alig.conformance.theorems;

import dev.alig.MomentumForm;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.bounds.Enclosure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An optimizer's way through a problem, step by step.
 *
 * <p>A step is a case of its own that starts from the parameters that the last one ended with, so
 * that an implementation needs no other entrance. It ends early where the next step is undefined:
 * at a zero gradient with eps = 0.
 */
final class Walk<L extends Loss> {
  private final Problem<L> problem;
  private final List<Move> moves = new ArrayList<>();
  private Optional<Refusal> refusal = Optional.empty();
  private Tensor at;
  private boolean undefined;

  /**
   * An answer that is no step.
   *
   * @param scripted the step
   * @param how what the answer was
   */
  record Refusal(Scripted scripted, String how) {}

  private Walk(Problem<L> problem) {
    this.problem = problem;
    this.at = problem.start();
  }

  /** Walks through several problems, all of them at a time, as batches may be cheaper. */
  static <L extends Loss> List<Walk<L>> through(
      List<Problem<L>> problems, Implementation implementation) {
    List<Walk<L>> walks = problems.stream().map(Walk::new).toList();
    List<Walk<L>> going = walks;
    while (true) {
      List<Scripted> steps = new ArrayList<>();
      List<Walk<L>> stepping = new ArrayList<>();
      for (Walk<L> walk : going) {
        Optional<Scripted> next = walk.next();
        if (next.isPresent()) {
          steps.add(next.get());
          stepping.add(walk);
        }
      }
      if (steps.isEmpty()) {
        return walks;
      }
      List<Trace> traces = implementation.runAll(steps);
      for (int i = 0; i < steps.size(); i++) {
        stepping.get(i).take(steps.get(i), traces.get(i), implementation);
      }
      going = stepping;
    }
  }

  /** The first step of a problem. */
  static <L extends Loss> Scripted first(Problem<L> problem) {
    return new Walk<>(problem)
        .next()
        .orElseThrow(
            () -> new IllegalStateException(problem + " has no first step: its gradient is 0"));
  }

  Problem<L> problem() {
    return problem;
  }

  /** The steps taken. */
  List<Move> moves() {
    return List.copyOf(moves);
  }

  /** The answer that ended the walk; empty if it went to its end. */
  Optional<Refusal> refusal() {
    return refusal;
  }

  private Optional<Scripted> next() {
    int k = moves.size();
    if (k == problem.losses().size() || refusal.isPresent() || undefined) {
      return Optional.empty();
    }
    Setting setting = problem.setting();
    L loss = problem.losses().get(k);
    Tensor gradient = rounded(loss.gradient(at));
    undefined = setting.eps() == 0 && Vectors.squaredNorm(gradient).signum() == 0;
    if (undefined) {
      return Optional.empty();
    }
    double value = setting.dtype().round(loss.value(at));
    return Optional.of(scripted(k, value, gradient));
  }

  private Tensor rounded(Tensor tensor) {
    double[] values = tensor.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = problem.setting().dtype().round(values[i]);
    }
    return Tensor.vector(values);
  }

  private Scripted scripted(int k, double loss, Tensor gradient) {
    Setting setting = problem.setting();
    List<List<Tensor>> parameters = Layouts.cut(at, setting.layout());
    List<List<Optional<Tensor>>> none =
        parameters.stream()
            .map(group -> group.stream().map(tensor -> Optional.<Tensor>empty()).toList())
            .toList();
    List<List<Optional<Tensor>>> gradients =
        Layouts.cut(gradient, setting.layout()).stream()
            .map(group -> group.stream().map(Optional::of).toList())
            .toList();
    List<Group> groups =
        parameters.stream().map(tensors -> new Group(setting.cap(), 0, tensors)).toList();
    return new Scripted(
        "%s, step %d".formatted(problem.id(), k),
        setting.dtype(),
        setting.eps(),
        MomentumForm.STANDARD,
        setting.radius(),
        groups,
        List.of(new Step(loss, setting.kind(), gradients)),
        Optional.of(new State(parameters, none)));
  }

  private void take(Scripted scripted, Trace trace, Implementation implementation) {
    if (trace.steps().size() != 1) {
      refusal = Optional.of(new Refusal(scripted, trace.raised().orElse("no step was taken")));
      return;
    }
    Enclosure enclosure = new Enclosure(scripted, implementation.algorithm());
    Move move =
        Move.of(
            scripted,
            trace.steps().get(0),
            enclosure.step(enclosure.constructed(), scripted.steps().get(0)));
    if (!move.isFinite()) {
      refusal = Optional.of(new Refusal(scripted, "a number that is not finite"));
      return;
    }
    moves.add(move);
    at = move.after();
  }
}
