package dev.alig.conformance.strength;

import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.strength.SlotRun.Slot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Defects of the update, of what carries over from step to step, and of side effects. */
final class UpdateDefects extends DefectTable<PlainRun> {
  UpdateDefects() {
    defect("descent-dropped", "the gradient does not move the parameter")
        .by(a -> a.descend = (p, g, c) -> p);
    defect("descent-doubled", "the gradient moves the parameter twice")
        .by(a -> a.descend = (p, g, c) -> a.descend(a.descend(p, g, c), g, c));
    defect("ascent", "the parameter moves with the gradient")
        .by(a -> a.descend = (p, g, c) -> a.descend(p, -g, c));
    defect("descent-by-sign", "the sign of the gradient moves the parameter")
        .by(a -> a.descend = (p, g, c) -> a.descend(p, Math.signum(g), c));
    defect("update-misses-first", "the first element of a longer tensor stays")
        .by(a -> a.movesElement = (e, g) -> e > 0 || g.length == 1);
    defect("update-misses-last", "the last element of a longer tensor stays")
        .by(a -> a.movesElement = (e, g) -> e < g.length - 1 || g.length == 1);
    defect("update-misses-every-8th", "every eighth element stays")
        .by(a -> a.movesElement = (e, g) -> e % 8 != 7);
    defect("update-misses-tail", "what exceeds the last full block of 8 stays")
        .by(a -> a.movesElement = (e, g) -> g.length < 8 || e < g.length / 8 * 8);
    defect("update-misses-tail-of-64", "what exceeds the last full block of 64 stays")
        .by(a -> a.movesElement = (e, g) -> g.length < 64 || e < g.length / 64 * 64);
    defect("update-one-ulp-off-in-tail", "the element beyond a block of 32 is one ulp too large")
        .by(a -> a.afterTensor = (slot, g, size) -> a.setUp(slot, 32));
    defect("update-reversed", "the elements of the gradient are read from the end")
        .by(a -> a.used = (slot, g) -> elements(g.length, e -> g[g.length - 1 - e]));

    // Tensors.
    defect(
            "parameters-reversed",
            "gradients go to the parameters in reverse order, where shapes permit")
        .by(
            a ->
                a.gradient =
                    (step, slot) -> {
                      List<Optional<Tensor>> group = step.gradients().get(slot.group);
                      return group
                          .get(group.size() - 1 - slot.index)
                          .filter(gradient -> gradient.size() == slot.p.length)
                          .map(Tensor::toArray)
                          .or(() -> a.gradient(step, slot));
                    });
    defect(
            "writes-to-next-parameter",
            "the update of a parameter lands in the next one of its size")
        .by(a -> a.target = slot -> nextOfSize(a.slots, slot));
    defect("scalars-stay", "a tensor of no dimension is not updated")
        .by(a -> a.movesTensor = (step, slot) -> !slot.shape.isEmpty());
    defect("last-group-stays", "the last of several groups is not updated")
        .by(a -> a.movesTensor = (step, slot) -> slot.group == 0 || slot.group < a.groups() - 1);
    defect("absent-as-zero", "an absent gradient counts as zero, so that the buffer decays")
        .by(a -> a.absent = (slot, size) -> a.updateTensor(slot, new double[slot.p.length], size));
    defect("absent-clears-buffer", "an absent gradient clears the buffer")
        .by(a -> a.absent = (slot, size) -> Arrays.fill(slot.v, 0));
    defect("absent-ends-group", "parameters after one without a gradient are not updated")
        .by(
            a ->
                a.movesTensor =
                    (step, slot) ->
                        step.gradients().get(slot.group).subList(0, slot.index).stream()
                            .allMatch(Optional::isPresent));
    defect("absent-ends-step", "a step in which any gradient is absent moves nothing")
        .by(
            a ->
                a.moves =
                    step ->
                        step.gradients().stream()
                            .flatMap(List::stream)
                            .allMatch(Optional::isPresent));

    // What carries over from one step to the next: too late, not at all, or too much.
    defect("stale-loss", "the loss of the step before counts")
        .by(a -> a.loss = step -> a.loss(a.before()));
    defect("stale-norm", "the gradients of the step before count for the norm")
        .by(a -> a.gradients = step -> step.hasGradient() ? a.gradients(a.before()) : List.of());
    defect(
            "stale-gradient",
            "the gradient of the step before moves a parameter, where there was one")
        .by(a -> a.used = (slot, g) -> a.gradient(a.before(), slot).orElse(g));
    defect("stale-step-size", "the step sizes of the step before are taken")
        .by(
            a ->
                a.taken =
                    sizes ->
                        a.stepsTaken() == 0 ? sizes : a.traced.get(a.stepsTaken() - 1).stepSizes());
    defect("report-one-step-late", "the state is reported before the projection")
        .by(
            a ->
                a.takeStep =
                    (step, size, sizes) -> {
                      a.update(step, sizes);
                      a.report(size, sizes);
                      a.project();
                    });
    defect("first-step-halved", "the first step is half as long")
        .by(
            a ->
                a.quotient =
                    (loss, sum) -> a.round(a.quotient(loss, sum) / (a.stepsTaken() == 0 ? 2 : 1)));
    defect("steps-decay", "step sizes shrink with the number of steps")
        .by(a -> a.quotient = (loss, sum) -> a.round(a.quotient(loss, sum) / (1 + a.stepsTaken())));
    defect("tenth-step-skipped", "the tenth step changes nothing")
        .by(a -> a.moves = step -> a.stepsTaken() != 9);
    defect("gradients-accumulate", "gradients are added to those of the step before")
        .by(
            a ->
                a.used =
                    (slot, g) ->
                        a.stepsTaken() == 0
                            ? g
                            : a.gradient(a.before(), slot)
                                .map(old -> elements(g.length, e -> a.round(g[e] + old[e])))
                                .orElse(g));
    defect("refuses-empty-tensors", "a tensor without elements is refused")
        .by(
            a ->
                a.used =
                    (slot, g) -> {
                      if (g.length == 0) {
                        throw new IllegalArgumentException("the tensor is empty");
                      }
                      return g;
                    });

    // The numbers are right, but a step changes its caller's gradients.
    defect(
            "gradient-scaled-in-place",
            "gradients are multiplied by the step size in place once they are used")
        .by(a -> a.afterTensor = (slot, g, size) -> Arrays.setAll(g, e -> a.round(g[e] * size)));
    defect("gradients-zeroed", "gradients are set to zero after the step")
        .by(a -> a.afterUpdate = step -> a.gradients(step).forEach(g -> Arrays.fill(g, 0)));
    defect(
            "gradient-negated-by-negative-loss",
            "a negative loss turns the gradients around in place, and back for the step alone")
        .by(
            a ->
                a.afterUpdate =
                    step -> {
                      if (step.loss() < 0) {
                        a.gradients(step).forEach(g -> Arrays.setAll(g, e -> -g[e]));
                      }
                    });
    defect(
            "gradient-kept-as-momentum",
            "the momentum after the first step lies in the memory of the gradient")
        .by(
            a -> {
              Map<Slot, double[]> kept = new HashMap<>();
              a.buffer = slot -> kept.getOrDefault(slot, slot.v);
              a.afterTensor =
                  (slot, g, size) -> {
                    if (slot.momentum != 0 && kept.putIfAbsent(slot, g) == null) {
                      System.arraycopy(slot.v, 0, g, 0, g.length);
                    }
                  };
            });
  }

  private static double[] elements(int size, IntToDoubleFunction element) {
    return IntStream.range(0, size).mapToDouble(element).toArray();
  }

  private static Slot nextOfSize(List<Slot> slots, Slot slot) {
    int next = slots.indexOf(slot) + 1;
    return next < slots.size() && slots.get(next).p.length == slot.p.length
        ? slots.get(next)
        : slot;
  }
}
