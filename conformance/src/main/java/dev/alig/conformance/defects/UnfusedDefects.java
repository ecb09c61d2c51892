package dev.alig.conformance.defects;

import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.defects.Defect.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The defects in Java once more, on top of the operations of TensorFlow's kernels.
 *
 * <p>Such an optimizer is judged by bounds and not bit for bit. What bounds cannot tell from
 * rounding is listed with the reason, and left out.
 */
final class UnfusedDefects {
  private static final Map<String, String> WITHIN_ROUNDING = withinRounding();

  private UnfusedDefects() {}

  /** The sound optimizer that the others are derived from. */
  static Defect control() {
    return unfused(JavaDefects.control());
  }

  /** The defective ones. */
  static List<Defect> all() {
    return JavaDefects.all().stream()
        .filter(defect -> !WITHIN_ROUNDING.containsKey(defect.simpleName()))
        .map(UnfusedDefects::unfused)
        .toList();
  }

  /** The names of those that are legal in these operations, each with the reason. */
  static Map<String, String> leftOut() {
    return WITHIN_ROUNDING;
  }

  /** A defect in Java, in these operations. */
  static Defect unfused(Defect java) {
    if (!(java.implementation() instanceof PlainAliG plain)) {
      throw new IllegalArgumentException(java.name() + " is not on top of PlainRun");
    }
    String name = Kind.UNFUSED.named(java.simpleName());
    return new Defect(name, Kind.UNFUSED, java.description(), plain.in(AliG.TENSORFLOW, name));
  }

  private static Map<String, String> withinRounding() {
    Map<String, String> reasons = new TreeMap<>();
    String product = "a product may be rounded by itself or not at all, in each kernel anew";
    for (String name : List.of("descent", "buffer", "standard-move", "adjusted-move")) {
      reasons.put(name + "-not-fused", product);
    }
    reasons.put("decay-fused", product);
    reasons.put("moves-in-one", "a sum of products that is rounded once has fewer errors");
    reasons.put(
        "step-times-momentum-in-dtype",
        "step size, momentum and buffer may be multiplied in any order, each factor rounded");
    String zero = "a sum of zeros has the sign that the order of its terms gives it";
    reasons.put("minus-zero-parameter-lost", zero);
    reasons.put("minus-zero-buffer-lost", zero);
    for (String name : List.of("gradient", "parameter", "buffer", "loss")) {
      reasons.put("denormal-%s-flushed".formatted(name), "denormals may be flushed to zero");
    }
    return Map.copyOf(reasons);
  }
}
