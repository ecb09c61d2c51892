package dev.alig.conformance.theorems;

import dev.alig.conformance.model.StepCase;
import java.util.List;
import java.util.function.Function;
import org.apiguardian.api.API;

/** The trials of each theorem. The problem is drawn from the seed. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Trials {
  private Trials() {}

  /** P0, see {@link StepTheorems#stepLimit}. */
  public static Trial stepLimit(long seed) {
    return ofEachStep(StepTheorems::stepLimit, ProblemGenerator.any(seed));
  }

  /** P1, see {@link StepTheorems#anyPoint}. */
  public static Trial anyPoint(long seed) {
    return ofEachStep(StepTheorems::anyPoint, ProblemGenerator.convex(seed));
  }

  /** P2, see {@link TrajectoryTheorems#interpolation}. */
  public static Trial interpolation(long seed) {
    return new ProblemTrial(
        TrajectoryTheorems::interpolation, ProblemGenerator.interpolating(seed));
  }

  /** P3, see {@link TrajectoryTheorems#lipschitzRate}. */
  public static Trial lipschitzRate(long seed) {
    return new ProblemTrial(TrajectoryTheorems::lipschitzRate, ProblemGenerator.lipschitz(seed));
  }

  /** P4, see {@link TrajectoryTheorems#smoothRate}. */
  public static Trial smoothRate(long seed) {
    return new ProblemTrial(TrajectoryTheorems::smoothRate, ProblemGenerator.smooth(seed));
  }

  /** P5, see {@link StepTheorems#strongConvexity}. */
  public static Trial strongConvexity(long seed) {
    return ofEachStep(StepTheorems::strongConvexity, ProblemGenerator.stronglyConvex(seed));
  }

  /** P6, see {@link StepTheorems#restrictedSecant}. */
  public static Trial restrictedSecant(long seed) {
    return ofEachStep(StepTheorems::restrictedSecant, ProblemGenerator.restrictedSecant(seed));
  }

  /** The counterexample of P6, see {@link Cycle}. */
  public static Trial cycle(long seed) {
    return new ProblemTrial(Cycle::cycle, Cycle.problem(seed));
  }

  /** P7, see {@link StepTheorems#stepIdentity}. */
  public static Trial stepIdentity(long seed) {
    return ofEachStep(StepTheorems::stepIdentity, ProblemGenerator.unclipped(seed));
  }

  private static Trial ofEachStep(Function<Move, List<Inequality>> claims, Problem problem) {
    return new ProblemTrial(
        moves -> moves.stream().map(claims).flatMap(List::stream).toList(), problem);
  }

  /**
   * P8, see {@link Scaling}.
   *
   * @param scripted a case whose numbers leave room for scaling
   * @param loss log₂ of the factor of the loss, as a share in [-1, 1] of the largest possible one
   * @param parameters log₂ of the divisor of the parameters, as such a share
   */
  public static Trial scaling(StepCase scripted, double loss, double parameters) {
    int most = Scaling.most(scripted.dtype());
    int lossPower = (int) Math.round(loss * most);
    int drawn = (int) Math.round(parameters * most);
    // With both powers 0 the case would be compared with itself.
    int parameterPower = lossPower == 0 && drawn == 0 ? 1 : drawn;
    return new Scaling(scripted, lossPower, parameterPower);
  }
}
