package dev.alig.conformance.cases;

import static dev.alig.conformance.Requirement.ABSENT_GRADIENT;
import static dev.alig.conformance.Requirement.CAP;
import static dev.alig.conformance.Requirement.CONSTRUCTION;
import static dev.alig.conformance.Requirement.EPS;
import static dev.alig.conformance.Requirement.EXTREME_MAGNITUDE;
import static dev.alig.conformance.Requirement.GROUPS;
import static dev.alig.conformance.Requirement.LONG_RUN;
import static dev.alig.conformance.Requirement.LOSS_KIND;
import static dev.alig.conformance.Requirement.MOMENTUM_ADJUSTED;
import static dev.alig.conformance.Requirement.MOMENTUM_STANDARD;
import static dev.alig.conformance.Requirement.NON_FINITE_GRADIENT;
import static dev.alig.conformance.Requirement.NON_FINITE_LOSS;
import static dev.alig.conformance.Requirement.NORM;
import static dev.alig.conformance.Requirement.NO_GRADIENT;
import static dev.alig.conformance.Requirement.PROJECTION;
import static dev.alig.conformance.Requirement.SIDE_EFFECTS;
import static dev.alig.conformance.Requirement.SIGN_OF_LOSS;
import static dev.alig.conformance.Requirement.STEP_SIZE;
import static dev.alig.conformance.Requirement.UPDATE_PLAIN;

import dev.alig.MomentumForm;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.model.StepCase;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.apiguardian.api.API;

/**
 * The generator of each requirement's cases.
 *
 * <p>The properties of the suite and the hunt for defects both draw from here, so the hunt finds
 * what the suite finds. A requirement whose property draws its cases itself is missing here.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RequirementCases {
  private static final Map<Requirement, Arbitrary<StepCase>> ALL = arbitraries();

  private RequirementCases() {}

  /** Every requirement that is checked on drawn cases, with their generator. */
  public static Map<Requirement, Arbitrary<StepCase>> all() {
    return ALL;
  }

  /** The generator of a requirement's cases; the same object each time. */
  public static Arbitrary<StepCase> of(Requirement requirement) {
    return Optional.ofNullable(ALL.get(requirement))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    requirement + " has no generator; add one to RequirementCases"));
  }

  private static Map<Requirement, Arbitrary<StepCase>> arbitraries() {
    Map<Requirement, Cases> cases = new EnumMap<>(Requirement.class);
    addStepSizes(cases);
    addUpdates(cases);
    addExtremes(cases);
    Map<Requirement, Arbitrary<StepCase>> arbitraries = new EnumMap<>(Requirement.class);
    cases.forEach((requirement, of) -> arbitraries.put(requirement, of.arbitrary()));
    arbitraries.put(SIDE_EFFECTS, sideEffects());
    return Collections.unmodifiableMap(arbitraries);
  }

  /** Cases of every kind, since side effects may depend on any of them. */
  private static Arbitrary<StepCase> sideEffects() {
    return Arbitraries.oneOf(
        Cases.ordinary().withSteps(2, 4).arbitrary(),
        Cases.ordinary().withBall().withSteps(2, 4).arbitrary(),
        Cases.ordinary().withAbsentGradients().withSteps(2, 4).arbitrary(),
        Cases.ordinary().withExtremes().withAnyEps().withBallAtTimes().arbitrary(),
        Cases.ordinary()
            .withLosses(Double.NaN, Double.POSITIVE_INFINITY, -1.0, 0.0, 1.0)
            .arbitrary(),
        Cases.ordinary().withSpecial(Double.NaN, Double.POSITIVE_INFINITY).withBall().arbitrary());
  }

  private static void addStepSizes(Map<Requirement, Cases> cases) {
    cases.put(STEP_SIZE, Cases.ordinary().withoutCaps());
    cases.put(NORM, Cases.ordinary().withoutCaps().withLargeTensors());
    cases.put(CAP, Cases.ordinary().withCaps());
    cases.put(GROUPS, Cases.ordinary().withSeveralGroups());
    cases.put(EPS, Cases.ordinary().withAnyEps());
    cases.put(NO_GRADIENT, Cases.ordinary().withoutGradients().withAnyEps());
    cases.put(
        LOSS_KIND,
        Cases.ordinary()
            .withLosses(0.1, 1.0 / 3, 1e-45, 1e-40, 3.4028235e38, 3.5e38, 16_777_217.0, 1e-310));
    cases.put(SIGN_OF_LOSS, Cases.ordinary().withLosses(-1.0, -1e-3, -0.0, 0.0, -1e6).withAnyEps());
  }

  private static void addUpdates(Map<Requirement, Cases> cases) {
    cases.put(UPDATE_PLAIN, Cases.ordinary().withoutMomentum());
    cases.put(MOMENTUM_STANDARD, Cases.ordinary().withMomentum(MomentumForm.STANDARD));
    cases.put(MOMENTUM_ADJUSTED, Cases.ordinary().withMomentum(MomentumForm.ADJUSTED));
    cases.put(ABSENT_GRADIENT, Cases.ordinary().withAbsentGradients().withSteps(2, 5));
    cases.put(LONG_RUN, Cases.ordinary().withSteps(10, 20));
    cases.put(PROJECTION, Cases.ordinary().withBall());
    cases.put(CONSTRUCTION, Cases.ordinary().withBall().withSteps(0, 1));
  }

  private static void addExtremes(Map<Requirement, Cases> cases) {
    cases.put(EXTREME_MAGNITUDE, Cases.ordinary().withExtremes().withAnyEps().withBallAtTimes());
    cases.put(
        NON_FINITE_LOSS,
        Cases.ordinary()
            .withLosses(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.0)
            .withAnyEps());
    cases.put(
        NON_FINITE_GRADIENT,
        Cases.ordinary()
            .withSpecial(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
            .withBall());
  }
}
