package dev.alig.nd4j.dl4j;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * For each kind of layer, vertex, loss, activation, dropout, weight noise and preprocessor of DL4J
 * 1.0.0-M2.1: whether its gradient is that of its loss.
 *
 * <p>The results are in {@code kinds.txt}, and a test measures all of them again.
 */
final class Kinds {
  /**
   * One kind.
   *
   * @param right whether its gradient is right, as in DL4J or corrected
   * @param corrected whether its gradient is right only with the replacement by {@link
   *     CorrectedLayers}
   * @param circumstances the circumstances in which its gradient is right too
   * @param why why it is refused; empty if it is not
   */
  record Kind(boolean right, boolean corrected, Set<Circumstance> circumstances, String why) {}

  /** A circumstance in which a layer may be used. */
  enum Circumstance {
    /** Dropout of the layer's input, set on the layer itself. */
    DROPOUT,
    /** Inside a FrozenLayerWithBackprop, which passes gradients on. */
    FROZEN,
    /** Truncated back-propagation. */
    SEGMENTS
  }

  private static final Map<String, Kind> KINDS = read();

  private Kinds() {}

  /** The result for a class; empty for a user's own class, and for a subclass of a known one. */
  static Optional<Kind> of(Class<?> type) {
    return Optional.ofNullable(KINDS.get(type.getName()));
  }

  /** All results, by class name. */
  static Map<String, Kind> all() {
    return KINDS;
  }

  private static Map<String, Kind> read() {
    try (InputStream in =
            Objects.requireNonNull(Kinds.class.getResourceAsStream("kinds.txt"), "kinds.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s+", 3))
          .collect(Collectors.toUnmodifiableMap(words -> words[0], Kinds::parse));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Kind parse(String[] words) {
    String rest = words.length > 2 ? words[2] : "";
    return words[1].equals("refused")
        ? new Kind(false, false, Set.of(), rest)
        : new Kind(true, words[1].equals("corrected"), circumstances(rest), "");
  }

  private static Set<Circumstance> circumstances(String words) {
    List<String> names = words.isBlank() ? List.of() : Arrays.asList(words.trim().split("\\s+"));
    return names.stream()
        .map(name -> Circumstance.valueOf(name.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
