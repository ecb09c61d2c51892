package dev.alig.conformance.strength;

import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.strength.Defect.Kind;
import dev.alig.conformance.strength.DefectTable.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The defects in Java, and most of them again with the operations of TensorFlow's kernels.
 *
 * <p>Error bounds judge an optimizer with those operations. Defects that bounds cannot tell from
 * rounding are left out; {@link #leftOut} gives the reasons.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class JavaDefects {
  private static final Map<String, String> LEFT_OUT = withinRounding();

  private JavaDefects() {}

  /** The sound optimizer that the others derive from. */
  public static Defect control() {
    return defect(new Row<>("sound", "nothing"));
  }

  /** The defective optimizers. */
  public static List<Defect> all() {
    return Stream.of(
            new StepSizeDefects(),
            new UpdateDefects(),
            new MomentumDefects(),
            new ProjectionDefects(),
            new PrecisionDefects())
        .flatMap(table -> table.rows().stream())
        .map(JavaDefects::defect)
        .toList();
  }

  static Defect defect(Row<PlainRun> row) {
    PlainAliG optimizer = new PlainAliG(Kind.JAVA.named(row.name), row::spoil, AliG.TORCH);
    return Defect.of(Kind.JAVA, row.name, row.description, optimizer);
  }

  /** The defective optimizers with TensorFlow's operations. */
  static List<Defect> allUnfused() {
    return all().stream()
        .filter(defect -> !LEFT_OUT.containsKey(defect.simpleName()))
        .map(JavaDefects::unfused)
        .toList();
  }

  /** The names of the defects that are legal with TensorFlow's operations, each with the reason. */
  static Map<String, String> leftOut() {
    return LEFT_OUT;
  }

  /** An optimizer in Java, with TensorFlow's operations. */
  static Defect unfused(Defect java) {
    if (!(java.implementation() instanceof PlainAliG plain)) {
      throw new IllegalArgumentException(java.name() + " is not on top of PlainRun");
    }
    Kind kind = Kind.UNFUSED;
    PlainAliG unfused = plain.in(AliG.TENSORFLOW, kind.named(java.simpleName()));
    return Defect.of(kind, java.simpleName(), java.description(), unfused);
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
