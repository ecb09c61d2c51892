package dev.alig.conformance.defects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.bounds.AliG;
import java.util.Locale;
import java.util.function.Function;

/**
 * One optimizer of the catalogue.
 *
 * @param name its name, the kind first, such as {@code java/eps-dropped}
 * @param kind what it derives from
 * @param description what is wrong with it, in one line
 * @param implementation the optimizer
 */
public record Defect(String name, Kind kind, String description, Implementation implementation) {
  /** Which sound optimizer a defective one derives from, and how it is judged. */
  public enum Kind {
    /** {@link PlainRun} in torch's operations, which is to be met bit for bit. */
    JAVA,
    /** {@link PlainRun} in the operations of TensorFlow's kernels, which is judged by bounds. */
    UNFUSED,
    /** The graph of the optimizer for TensorFlow, which is judged by bounds. */
    TENSORFLOW,
    /** The same in the semantics of {@code alig.tf}. */
    TENSORFLOW_TF1,
    /** The bundled Python package, which is to be met bit for bit. */
    PYTHON;

    /** The kind of a name as {@link #toString} gives it. */
    public static Kind of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The name of an optimizer of this kind. */
    String named(String name) {
      return "%s/%s".formatted(toString(), name);
    }

    /** Whether the sound optimizer of this kind is a subject of the suite itself. */
    boolean isSubject() {
      return this == TENSORFLOW || this == TENSORFLOW_TF1;
    }

    /** Whether several cases at once cost less than one by one. */
    boolean isBatched() {
      return this == PYTHON;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A defect in Java. */
  static Defect of(String name, String description, Function<Scripted, PlainRun> begin) {
    String full = Kind.JAVA.named(name);
    return new Defect(full, Kind.JAVA, description, new PlainAliG(full, begin, AliG.TORCH));
  }

  /** The name without the kind. */
  String simpleName() {
    return name.substring(name.indexOf('/') + 1);
  }
}
