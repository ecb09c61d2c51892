package dev.alig.conformance.strength;

import java.util.Arrays;

/** Defects of the momentum and its buffers. */
final class MomentumDefects extends DefectTable<PlainRun> {
  MomentumDefects() {
    defect("forms-swapped", "each form of the momentum is the other")
        .by(a -> a.isStandard = !a.isStandard);
    defect("buffer-sign-flipped", "the buffers have the other sign, as in other frameworks")
        .by(a -> a.standardBuffer = (v, g, c) -> a.standardBuffer(v, -g, c))
        .by(a -> a.standardMove = (p, v, c) -> a.standardMove(p, -v, c));
    defect("heavy-ball", "the buffer alone moves the parameter, as without Nesterov's look ahead")
        .by(a -> a.moved = (p, old, v, g, c) -> a.fma(v, a.isStandard ? 1 : c.gamma(), p));
    defect("buffer-moves-first", "the buffer moves the parameter before the gradient does")
        .by(a -> a.moved = (p, old, v, g, c) -> a.descend(a.pushed(p, v, c), g, c));
    defect("stale-buffer", "the buffer of the step before moves the parameter")
        .by(a -> a.moved = (p, old, v, g, c) -> a.pushed(a.descend(p, g, c), old, c));
    defect("decay-dropped", "buffers do not decay").by(a -> a.decayed = (v, g, c) -> v);
    defect("decay-doubled", "buffers decay twice a step")
        .by(a -> a.decayed = (v, g, c) -> a.decayed(a.decayed(v, g, c), g, c));
    defect("decay-after-gradient", "the gradient that a buffer takes in decays with it")
        .by(a -> a.decayed = (v, g, c) -> v)
        .by(a -> a.buffered = (v, g, c) -> a.decayed(a.buffered(v, g, c), g, c));
    defect("dampened", "a buffer takes in the gradient times 1 - momentum")
        .by(a -> a.buffered = (v, g, c) -> a.buffered(v, g * (1 - c.mu()), c));

    // Coefficients.
    defect(
            "step-in-buffer-twice",
            "the standard buffer takes in the gradient times the squared step size")
        .by(a -> a.standardBuffer = (v, g, c) -> a.standardBuffer(v, g * c.gamma(), c));
    defect(
            "step-in-adjusted-buffer",
            "the adjusted buffer takes in the gradient times the step size")
        .by(a -> a.adjustedBuffer = a::standardBuffer);
    defect("step-missing-in-adjusted-move", "the adjusted move lacks the step size")
        .by(a -> a.adjustedMove = a::standardMove);
    defect("momentum-missing-in-move", "the buffer moves the parameter without the momentum factor")
        .by(a -> a.standardMove = (p, v, c) -> a.round(p + v))
        .by(a -> a.adjustedMove = (p, v, c) -> a.fma(v, c.gamma(), p));
    defect("momentum-of-first-group", "every group with momentum uses the first one's factor")
        .by(a -> a.momentum = slot -> a.scripted.groups().get(0).momentum());
    defect("momentum-at-most-one", "a momentum above 1 counts as 1")
        .by(a -> a.momentum = slot -> Math.min(1, slot.momentum));
    defect("small-momentum-off", "a momentum below 0.01 counts as none, and its buffers stay")
        .by(a -> a.hasMomentum = slot -> slot.momentum >= 0.01);
    defect("momentum-off-when-capped", "a capped step leaves the buffer out")
        .by(
            a ->
                a.updateTensor =
                    (slot, g, size) -> {
                      double[] kept = slot.v.clone();
                      a.updateTensor(slot, g, size);
                      if (size == a.cap(slot.group)) {
                        System.arraycopy(kept, 0, slot.v, 0, kept.length);
                      }
                    });

    // Buffers: their initial values, which parameters have one, and what clears them.
    defect("buffers-start-as-parameters", "buffers start as copies of the parameters")
        .by(a -> a.initialBuffer = p -> p.clone());
    defect("buffers-start-as-minus-zero", "buffers start as zeros of the wrong sign")
        .by(a -> a.initialBuffer = p -> Arrays.stream(p).map(x -> -0.0).toArray());
    defect("buffers-shared", "parameters of one size share a buffer")
        .by(
            a ->
                a.buffer =
                    slot ->
                        a.slots.stream()
                            .filter(other -> other.p.length == slot.p.length)
                            .findFirst()
                            .orElse(slot)
                            .v);
    defect("buffers-everywhere", "groups without momentum have buffers too")
        .by(a -> a.reportsBuffer = slot -> true);
    defect("buffers-come-late", "buffers appear with the first step and not at construction")
        .by(a -> a.reportsBuffer = slot -> slot.momentum != 0 && a.stepsTaken() > 0);
    defect("buffers-vanish", "the last step reports no buffers")
        .by(a -> a.reportsBuffer = slot -> slot.momentum != 0 && !a.isLastStep());
    defect("buffers-restart", "buffers are cleared before every eighth step")
        .by(a -> a.forgetsBuffer = slot -> a.stepsTaken() % 8 == 7);
    defect("buffers-forgotten", "buffers are cleared before every step")
        .by(a -> a.forgetsBuffer = slot -> true);
  }
}
