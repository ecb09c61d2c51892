package dev.alig.conformance.cases;

import dev.alig.conformance.model.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apiguardian.api.API;

/** A place in a case where a {@link SpecialValue} can stand. */
@API(status = API.Status.INTERNAL, since = "0.1")
public enum SpecialSlot {
  /** The loss of the step. */
  LOSS(0.75),
  /** An element of the gradient. */
  GRADIENT(1.5),
  /** An element of a parameter with a gradient, and one of a parameter without. */
  PARAMETER(0.5),
  /** An element of a momentum buffer with a gradient, and one of a buffer without. */
  BUFFER(-0.25),
  /** The constant in the denominator. */
  EPS(0x1p-17),
  /** The cap on the step size, far enough above the ordinary step size to leave it alone. */
  CAP(8),
  /** The radius of the l2 ball, outside the ordinary parameters. */
  RADIUS(1);

  private final double ordinary;

  SpecialSlot(double ordinary) {
    this.ordinary = ordinary;
  }

  /** What may stand in this slot. */
  public List<SpecialValue> choices() {
    return Arrays.stream(SpecialValue.values())
        .filter(value -> this == GRADIENT || value != SpecialValue.ABSENT)
        .toList();
  }

  /** The values that no optimizer has a reason to refuse. */
  List<SpecialValue> welcome() {
    return choices().stream()
        .filter(value -> !isSetting() || number(value, DType.DOUBLE) >= 0)
        .filter(value -> this != CAP || number(value, DType.DOUBLE) > 0)
        .toList();
  }

  /** The words by which an optimizer may call this slot when it refuses a value. */
  public List<String> names() {
    return switch (this) {
      case CAP -> List.of("maxLearningRate", "max_lr", "cap");
      case RADIUS -> List.of("radius", "max_norm");
      default -> List.of(name().toLowerCase(Locale.ROOT));
    };
  }

  /** Whether an optimizer may refuse values of this slot when it is constructed. */
  public boolean isSetting() {
    return this == EPS || this == CAP || this == RADIUS;
  }

  double number(SpecialValue value, DType dtype) {
    return value.in(dtype, ordinary);
  }
}
