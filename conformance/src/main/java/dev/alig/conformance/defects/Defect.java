package dev.alig.conformance.defects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import java.util.function.Function;

/**
 * One optimizer of the catalogue.
 *
 * @param name its name, the language first, such as {@code java/eps-dropped}
 * @param language what it is written in
 * @param description what is wrong with it, in one line
 * @param implementation the optimizer
 */
public record Defect(
    String name, Language language, String description, Implementation implementation) {
  /** The languages that optimizers of the catalogue are written in. */
  public enum Language {
    /** On top of {@link PlainRun}. */
    JAVA,
    /** On top of the bundled Python package. */
    PYTHON;

    /** The name of an optimizer in this language. */
    String named(String name) {
      return "%s/%s".formatted(toString(), name);
    }

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A defect in Java. */
  static Defect of(String name, String description, Function<Scripted, PlainRun> begin) {
    String full = Language.JAVA.named(name);
    return new Defect(full, Language.JAVA, description, new PlainAliG(full, begin));
  }
}
