package dev.alig.conformance.trained;

import org.apiguardian.api.API;

/**
 * A step on the curves of both sides.
 *
 * @param step the step, from 0
 * @param loss the oracle's loss
 * @param lossOff how far the subject's is from it
 * @param lossAllowed how far it may be
 * @param stepSize the oracle's step size
 * @param stepSizeOff how far the subject's is from it
 * @param stepSizeAllowed how far it may be
 * @param norm the norm of the oracle's weights after the step
 * @param distance how far the subject's are from them
 * @param distanceAllowed how far they may be
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record CurvePoint(
    int step,
    double loss,
    double lossOff,
    double lossAllowed,
    double stepSize,
    double stepSizeOff,
    double stepSizeAllowed,
    double norm,
    double distance,
    double distanceAllowed) {

  /** A point from its step and its {@link #numbers}. */
  static CurvePoint of(int step, double... n) {
    return new CurvePoint(step, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
  }

  /** All but the step, in the order of the components. */
  double[] numbers() {
    return new double[] {
      loss,
      lossOff,
      lossAllowed,
      stepSize,
      stepSizeOff,
      stepSizeAllowed,
      norm,
      distance,
      distanceAllowed
    };
  }
}
