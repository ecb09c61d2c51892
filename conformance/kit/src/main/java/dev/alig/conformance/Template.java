package dev.alig.conformance;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.samskivert.mustache.Mustache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apiguardian.api.API;

/** Mustache templates, which lie beside the classes that fill them. */
@API(status = INTERNAL, since = "0.1")
public final class Template {
  private Template() {}

  /**
   * Fills the template {@code NAME.mustache} beside a class; the templates it includes lie there
   * too.
   */
  public static String fill(
      Class<?> beside, String name, Mustache.Compiler compiler, Object values) {
    try (BufferedReader reader = reader(beside, name + ".mustache")) {
      return compiler
          .withLoader(included -> reader(beside, included + ".mustache"))
          .compile(reader)
          .execute(values);
    } catch (IOException e) {
      throw new UncheckedIOException("the template " + name + " cannot be read", e);
    }
  }

  /** The text of a file beside a class. */
  public static BufferedReader reader(Class<?> beside, String file) {
    var stream = Objects.requireNonNull(beside.getResourceAsStream(file), file);
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }
}
