package dev.alig.conformance.theorems;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.Enclosure;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps of an optimizer on a problem.
 *
 * <p>Each step is a case of its own that starts from the parameters after the step before, so that
 * any {@link Implementation} can take it. The trajectory ends early if the next step is undefined.
 *
 * @param moves the steps taken
 * @param refusal the answer that ended the trajectory early, if there is one
 */
record Trajectory(List<Move> moves, Optional<Refusal> refusal) {
  /**
   * An answer that is no step.
   *
   * @param scripted the step
   * @param how what the answer was
   */
  record Refusal(StepCase scripted, String how) {}

  /** Lets an optimizer minimize a problem. */
  static Trajectory of(Problem problem, Implementation implementation) {
    List<Move> moves = new ArrayList<>();
    Tensor at = problem.start();
    for (int k = 0; k < problem.losses().size(); k++) {
      Optional<StepCase> step = problem.step(k, at);
      if (step.isEmpty()) {
        break;
      }
      StepCase scripted = step.get();
      Trace trace = implementation.run(scripted);
      if (trace.steps().size() != 1) {
        String how = trace.raised().orElse("no step was taken");
        return new Trajectory(moves, Optional.of(new Refusal(scripted, how)));
      }
      Enclosure enclosure = new Enclosure(scripted, implementation.algorithm());
      Move move =
          new Move(
              problem,
              k,
              scripted,
              trace.steps().get(0),
              enclosure.step(enclosure.constructed(), scripted.steps().get(0)));
      if (!move.isFinite()) {
        return new Trajectory(
            moves, Optional.of(new Refusal(scripted, "a number that is not finite")));
      }
      moves.add(move);
      at = move.after();
    }
    return new Trajectory(moves, Optional.empty());
  }
}
