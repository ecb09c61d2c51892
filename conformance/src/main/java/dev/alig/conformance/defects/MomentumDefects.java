package dev.alig.conformance.defects;

import dev.alig.MomentumForm;
import java.util.ArrayList;
import java.util.List;

/** Defects of the momentum: its forms and its coefficients. */
final class MomentumDefects {
  private MomentumDefects() {}

  static List<Defect> all() {
    List<Defect> all = new ArrayList<>(forms());
    all.addAll(coefficients());
    return all;
  }

  private static List<Defect> forms() {
    return List.of(
        Defect.of(
            "forms-swapped",
            "each form of the momentum is the other",
            c ->
                new PlainRun(c) {
                  @Override
                  MomentumForm form() {
                    return super.form() == MomentumForm.STANDARD
                        ? MomentumForm.ADJUSTED
                        : MomentumForm.STANDARD;
                  }
                }),
        Defect.of(
            "buffer-sign-flipped",
            "the buffers have the other sign, as in other frameworks",
            c ->
                new PlainRun(c) {
                  @Override
                  double standardBuffer(double decayed, double gradient, Coefficients k) {
                    return fma(gradient, k.gamma(), decayed);
                  }

                  @Override
                  double standardMove(double p, double v, Coefficients k) {
                    return fma(-v, k.mu(), p);
                  }
                }),
        Defect.of(
            "heavy-ball",
            "the buffer alone moves the parameter, as without Nesterov's look ahead",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, int e, double gradient, Coefficients k) {
                    double before = slot.p[e];
                    super.update(slot, e, gradient, k);
                    if (slot.momentum != 0) {
                      double move = form() == MomentumForm.STANDARD ? 1 : k.gamma();
                      slot.p[e] = fma(slot.v[e], move, before);
                    }
                  }
                }),
        Defect.of(
            "buffer-moves-first",
            "the buffer moves the parameter before the gradient does",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, int e, double gradient, Coefficients k) {
                    double before = slot.p[e];
                    super.update(slot, e, gradient, k);
                    if (slot.momentum != 0) {
                      double moved =
                          form() == MomentumForm.STANDARD
                              ? standardMove(before, slot.v[e], k)
                              : adjustedMove(before, slot.v[e], k);
                      slot.p[e] = descend(moved, gradient, k);
                    }
                  }
                }),
        Defect.of(
            "stale-buffer",
            "the buffer of the step before moves the parameter",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, int e, double gradient, Coefficients k) {
                    double stale = slot.v[e];
                    double descended = descend(slot.p[e], gradient, k);
                    super.update(slot, e, gradient, k);
                    if (slot.momentum != 0) {
                      slot.p[e] =
                          form() == MomentumForm.STANDARD
                              ? standardMove(descended, stale, k)
                              : adjustedMove(descended, stale, k);
                    }
                  }
                }),
        Defect.of(
            "decay-dropped",
            "buffers do not decay",
            c ->
                new PlainRun(c) {
                  @Override
                  double decayed(double v, Coefficients k) {
                    return v;
                  }
                }),
        Defect.of(
            "decay-doubled",
            "buffers decay twice a step",
            c ->
                new PlainRun(c) {
                  @Override
                  double decayed(double v, Coefficients k) {
                    return super.decayed(super.decayed(v, k), k);
                  }
                }),
        Defect.of(
            "decay-after-gradient",
            "the gradient that a buffer takes in decays with it",
            c ->
                new PlainRun(c) {
                  @Override
                  double decayed(double v, Coefficients k) {
                    return v;
                  }

                  @Override
                  double standardBuffer(double v, double gradient, Coefficients k) {
                    return super.decayed(super.standardBuffer(v, gradient, k), k);
                  }

                  @Override
                  double adjustedBuffer(double v, double gradient, Coefficients k) {
                    return super.decayed(super.adjustedBuffer(v, gradient, k), k);
                  }
                }),
        Defect.of(
            "dampened",
            "a buffer takes in the gradient times 1 - momentum",
            c ->
                new PlainRun(c) {
                  @Override
                  double standardBuffer(double decayed, double gradient, Coefficients k) {
                    return super.standardBuffer(decayed, gradient * (1 - k.mu()), k);
                  }

                  @Override
                  double adjustedBuffer(double decayed, double gradient, Coefficients k) {
                    return super.adjustedBuffer(decayed, gradient * (1 - k.mu()), k);
                  }
                }));
  }

  private static List<Defect> coefficients() {
    return List.of(
        Defect.of(
            "step-in-buffer-twice",
            "the standard buffer takes in the gradient times the squared step size",
            c ->
                new PlainRun(c) {
                  @Override
                  double standardBuffer(double decayed, double gradient, Coefficients k) {
                    return super.standardBuffer(decayed, gradient * k.gamma(), k);
                  }
                }),
        Defect.of(
            "step-in-adjusted-buffer",
            "the adjusted buffer takes in the gradient times the step size",
            c ->
                new PlainRun(c) {
                  @Override
                  double adjustedBuffer(double decayed, double gradient, Coefficients k) {
                    return standardBuffer(decayed, gradient, k);
                  }
                }),
        Defect.of(
            "step-missing-in-adjusted-move",
            "the adjusted move lacks the step size",
            c ->
                new PlainRun(c) {
                  @Override
                  double adjustedMove(double p, double v, Coefficients k) {
                    return standardMove(p, v, k);
                  }
                }),
        Defect.of(
            "momentum-missing-in-move",
            "the buffer moves the parameter without the momentum factor",
            c ->
                new PlainRun(c) {
                  @Override
                  double standardMove(double p, double v, Coefficients k) {
                    return dtype.round(p + v);
                  }

                  @Override
                  double adjustedMove(double p, double v, Coefficients k) {
                    return fma(v, k.gamma(), p);
                  }
                }),
        Defect.of(
            "momentum-of-first-group",
            "every group with momentum uses the first one's factor",
            c ->
                new PlainRun(c) {
                  @Override
                  double momentum(Slot slot) {
                    return c.groups().get(0).momentum();
                  }
                }),
        Defect.of(
            "momentum-at-most-one",
            "a momentum above 1 counts as 1",
            c ->
                new PlainRun(c) {
                  @Override
                  double momentum(Slot slot) {
                    return Math.min(1, super.momentum(slot));
                  }
                }),
        Defect.of(
            "small-momentum-off",
            "a momentum below 0.01 counts as none, and its buffers stay",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, int e, double gradient, Coefficients k) {
                    if (slot.momentum < 0.01) {
                      slot.p[e] = descend(slot.p[e], gradient, k);
                    } else {
                      super.update(slot, e, gradient, k);
                    }
                  }
                }),
        Defect.of(
            "momentum-off-when-capped",
            "a capped step leaves the buffer out",
            c ->
                new PlainRun(c) {
                  @Override
                  void update(Slot slot, double[] gradient, double stepSize) {
                    double[] kept = slot.v.clone();
                    super.update(slot, gradient, stepSize);
                    if (stepSize == cap(slot.group)) {
                      System.arraycopy(kept, 0, slot.v, 0, kept.length);
                    }
                  }
                }));
  }
}
