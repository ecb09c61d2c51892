package dev.alig.conformance.strength;

import dev.alig.conformance.Implementation;
import java.util.Locale;
import org.apiguardian.api.API;

/**
 * One optimizer of the catalogue.
 *
 * @param name its name, the kind first, such as {@code java/eps-dropped}
 * @param kind what it derives from
 * @param description what is wrong with it, in one line
 * @param implementation the optimizer
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Defect(String name, Kind kind, String description, Implementation implementation) {
  /** Which sound optimizer a defective one derives from, and how it is judged. */
  public enum Kind {
    /** {@link PlainRun} in torch's operations, which the oracle must meet bit for bit. */
    JAVA,
    /** {@link PlainRun} in the operations of TensorFlow's kernels, which bounds judge. */
    UNFUSED,
    /** The graph of the optimizer for TensorFlow, which bounds judge. */
    TENSORFLOW,
    /** The same in the semantics of {@code alig.tf}. */
    TENSORFLOW_TF1,
    /** The bundled Python package, which the oracle must meet bit for bit. */
    PYTHON;

    /** The name of an optimizer of this kind. */
    String named(String name) {
      return "%s/%s".formatted(name().toLowerCase(Locale.ROOT).replace('_', '-'), name);
    }
  }

  /** A defect of a kind, by its name without the kind. */
  static Defect of(Kind kind, String name, String description, Implementation optimizer) {
    return new Defect(kind.named(name), kind, description, optimizer);
  }

  /** The name without the kind. */
  String simpleName() {
    return name.substring(name.indexOf('/') + 1);
  }
}
