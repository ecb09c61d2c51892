package dev.alig.conformance.strength;

import dev.alig.conformance.Implementation;
import java.util.Locale;
import org.apiguardian.api.API;

/**
 * One optimizer of the catalogue.
 *
 * @param name its name, which starts with the kind, such as {@code java/eps-dropped}
 * @param kind what it derives from
 * @param description what is wrong with it, in one line
 * @param implementation the optimizer
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Defect(String name, Kind kind, String description, Implementation implementation) {
  /** Which sound optimizer a defective one derives from, and how it is judged. */
  public enum Kind {
    /** {@link PlainRun} with torch's operations; it must agree with the oracle bit for bit. */
    JAVA,
    /** {@link PlainRun} with the operations of TensorFlow's kernels; error bounds judge it. */
    UNFUSED,
    /** The graph of the optimizer for TensorFlow; error bounds judge it. */
    TENSORFLOW,
    /** The same with the semantics of {@code alig.tf}. */
    TENSORFLOW_TF1,
    /** The bundled Python package; it must agree with the oracle bit for bit. */
    PYTHON;

    /** The name with this kind before it. */
    String named(String name) {
      return "%s/%s".formatted(name().toLowerCase(Locale.ROOT).replace('_', '-'), name);
    }
  }

  /** Creates a defect of a kind from its name without the kind. */
  static Defect of(Kind kind, String name, String description, Implementation optimizer) {
    return new Defect(kind.named(name), kind, description, optimizer);
  }

  /** The name without the kind. */
  String simpleName() {
    return name.substring(name.indexOf('/') + 1);
  }
}
