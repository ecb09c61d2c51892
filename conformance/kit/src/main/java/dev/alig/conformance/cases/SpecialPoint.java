package dev.alig.conformance.cases;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * A choice of a special value for each slot of a case.
 *
 * <p>The case has two parameters. The first has a gradient. Its first element has the special
 * parameter, buffer and gradient, so that they meet. Its second element is ordinary, to show a
 * mistake that spreads. The second parameter has no gradient; its special parameter and buffer must
 * stay what they are.
 *
 * @param dtype the format
 * @param momentum whether and in which form the group has momentum; buffers exist with it only
 * @param kind how Python receives the loss
 * @param values the value of each slot; ordinary for a slot that is missing
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record SpecialPoint(
    DType dtype, Momentum momentum, LossKind kind, Map<SpecialSlot, SpecialValue> values) {
  private static final double FACTOR = 0.75;

  /** The momentum of the group. */
  public enum Momentum {
    /** None, and no buffers. */
    NONE,
    /** The standard form. */
    STANDARD,
    /** The adjusted form. */
    ADJUSTED
  }

  /** Copies the map. */
  public SpecialPoint {
    values = Map.copyOf(values);
  }

  /** The case at this point. */
  public StepCase scripted() {
    boolean buffers = momentum != Momentum.NONE;
    List<Tensor> parameters =
        List.of(
            Tensor.vector(number(SpecialSlot.PARAMETER), -0.375),
            Tensor.vector(number(SpecialSlot.PARAMETER)));
    Group group =
        new Group(OptionalDouble.of(number(SpecialSlot.CAP)), buffers ? FACTOR : 0, parameters);
    return new StepCase(
        name(),
        dtype,
        number(SpecialSlot.EPS),
        momentum == Momentum.ADJUSTED ? MomentumForm.ADJUSTED : MomentumForm.STANDARD,
        OptionalDouble.of(number(SpecialSlot.RADIUS)),
        List.of(group),
        List.of(step()),
        buffers ? Optional.of(state(parameters)) : Optional.empty());
  }

  /** The settings with a special value, which an optimizer may refuse. */
  public List<SpecialSlot> specialSettings() {
    return values.keySet().stream()
        .filter(slot -> slot.isSetting() && at(slot) != SpecialValue.ORDINARY)
        .sorted()
        .toList();
  }

  private Step step() {
    Optional<Tensor> gradient =
        at(SpecialSlot.GRADIENT) == SpecialValue.ABSENT
            ? Optional.empty()
            : Optional.of(Tensor.vector(number(SpecialSlot.GRADIENT), 0.25));
    return new Step(number(SpecialSlot.LOSS), kind, List.of(List.of(gradient, Optional.empty())));
  }

  private State state(List<Tensor> parameters) {
    double special = number(SpecialSlot.BUFFER);
    return new State(
        List.of(parameters),
        List.of(List.of(Optional.of(Tensor.vector(special, 0.125)), buffer(special))));
  }

  private static Optional<Tensor> buffer(double value) {
    return Optional.of(Tensor.vector(value));
  }

  private SpecialValue at(SpecialSlot slot) {
    return values.getOrDefault(slot, SpecialValue.ORDINARY);
  }

  private double number(SpecialSlot slot) {
    return slot.number(at(slot), dtype);
  }

  /** Such as {@code float32, adjusted, tensor loss, eps=NAN, radius=ZERO}. */
  private String name() {
    String chosen =
        values.entrySet().stream()
            .filter(entry -> entry.getValue() != SpecialValue.ORDINARY)
            .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
            .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + "=" + entry.getValue())
            .collect(Collectors.joining(", "));
    return "%s, %s momentum, %s loss, %s"
        .formatted(
            dtype.torchName(),
            momentum.name().toLowerCase(Locale.ROOT),
            kind.word(),
            chosen.isEmpty() ? "ordinary" : chosen);
  }
}
