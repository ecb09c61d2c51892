package dev.alig.conformance.trained;

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
    double distanceAllowed) {}
