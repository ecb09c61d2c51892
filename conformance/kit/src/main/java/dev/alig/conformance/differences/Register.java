package dev.alig.conformance.differences;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;

/** The known differences, each with the check that it still holds. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Register {
  private static final String FILE = "known-differences.yaml";

  private static final ObjectReader YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(new TypeReference<List<KnownDifference>>() {});

  private static final Finding REPLAYS_ONLY =
      new Finding.NotAsked("the run replays chosen traces and nothing else");

  private final List<KnownDifference> entries;
  private final Map<String, DifferenceCheck> checks;

  private Register(List<KnownDifference> entries, Map<String, DifferenceCheck> checks) {
    this.entries = entries;
    this.checks = checks;
  }

  /**
   * The register that the kit ships.
   *
   * @throws IllegalStateException if an entry has no check, or a check has no entry
   */
  public static Register shipped() {
    try (InputStream yaml =
        Objects.requireNonNull(
            Register.class.getResourceAsStream("/dev/alig/conformance/" + FILE), FILE)) {
      return of(read(yaml), Checks.all());
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads entries from YAML.
   *
   * @throws IOException if a key is unknown, missing or repeated, or a value is illegal
   */
  static List<KnownDifference> read(InputStream yaml) throws IOException {
    return YAML.readValue(yaml);
  }

  /**
   * Binds each entry to the check of its id.
   *
   * @throws IllegalStateException if an id occurs twice, or has no entry or no check
   */
  static Register of(List<KnownDifference> entries, Map<String, DifferenceCheck> checks) {
    Set<String> alone = new TreeSet<>(checks.keySet());
    for (KnownDifference entry : entries) {
      if (!checks.containsKey(entry.id())) {
        throw new IllegalStateException(
            "the known difference %s has no check: add one to Checks, or remove it from %s"
                .formatted(entry.id(), FILE));
      }
      if (!alone.remove(entry.id())) {
        throw new IllegalStateException(FILE + " has the entry " + entry.id() + " twice");
      }
    }
    if (!alone.isEmpty()) {
      throw new IllegalStateException(
          "%s has no entries for the checks %s: add them, or remove the checks"
              .formatted(FILE, alone));
    }
    return new Register(List.copyOf(entries), Map.copyOf(checks));
  }

  /** The entries, in the order of the file. */
  List<KnownDifference> entries() {
    return entries;
  }

  /**
   * Asks each entry's check.
   *
   * @throws IllegalStateException if a check fails; the message names the entry
   */
  public List<AskedDifference> ask(Parties scene) {
    List<AskedDifference> asked = new ArrayList<>();
    for (KnownDifference entry : entries) {
      try {
        DifferenceCheck check = Objects.requireNonNull(checks.get(entry.id()), entry.id());
        Finding finding = scene.replaysOnly() ? REPLAYS_ONLY : check.ask(scene);
        asked.add(AskedDifference.of(entry, finding));
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "the known difference %s cannot be checked: %s".formatted(entry.id(), e), e);
      }
    }
    return asked;
  }
}
