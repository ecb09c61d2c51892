package dev.alig.conformance.differences;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.causes.Causes;
import dev.alig.conformance.coverage.Factor;
import dev.alig.conformance.coverage.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apiguardian.api.API;

/**
 * Reads the differences that a user declares as a list in YAML:
 *
 * <pre>{@code
 * - requirement: [EPS, STEP_SIZE]
 *   when:
 *     setting: eps = 1e-6
 *     dtype: float
 *   because: the package has a fixed eps
 * }</pre>
 *
 * <p>{@code requirement} is a name, a list of names, or {@code any}. {@code when} is {@code
 * always}, or a map of circumstances. A {@link Factor} maps to one of its {@link Level}s, both in
 * lower case; all of these must occur together in one step of one group. {@code setting} gives one
 * or several settings that explain the difference, in the words of the report's causes. {@code
 * raises} gives the type of the exception that the oracle raises.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class DeclaredFile {
  private static final Set<String> KEYS = Set.of("requirement", "when", "because");
  private static final String SETTING = "setting";
  private static final String RAISES = "raises";

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;

  private DeclaredFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if an entry is wrong; the message names the entry and the
   *     error
   */
  public static List<Declared> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "--known: %s is no file; name a list of known differences in YAML".formatted(file));
    }
    try {
      return new DeclaredFile(file).entries(YAML.readTree(file.toFile()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "--known: %s is not YAML: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("--known: %s cannot be read: %s".formatted(file, e), e);
    }
  }

  private List<Declared> entries(JsonNode list) {
    if (!list.isArray() || list.isEmpty()) {
      throw new IllegalArgumentException(
          "--known: %s must be a list of entries, each with requirement, when and because"
              .formatted(file));
    }
    List<Declared> entries = new ArrayList<>();
    for (JsonNode entry : list) {
      entries.add(entry("%s, entry %d".formatted(file.getFileName(), entries.size() + 1), entry));
    }
    return entries;
  }

  private Declared entry(String id, JsonNode entry) {
    Set<String> keys = new TreeSet<>();
    entry.fieldNames().forEachRemaining(keys::add);
    for (String key : keys) {
      require(KEYS.contains(key), id, "there is no key " + key, "requirement, when, because");
    }
    for (String key : KEYS) {
      require(keys.contains(key), id, key + " is missing", "requirement, when, because");
    }
    JsonNode because = entry.path("because");
    if (!because.isTextual() || because.asText().isBlank()) {
      throw new IllegalArgumentException("--known: %s: because must say why".formatted(id));
    }
    JsonNode when = entry.path("when");
    Set<Level> levels = EnumSet.noneOf(Level.class);
    List<String> settings = new ArrayList<>();
    Optional<String> raises = Optional.empty();
    for (Map.Entry<String, JsonNode> field : circumstances(id, when).properties()) {
      if (field.getKey().equals(SETTING)) {
        texts(field.getValue()).forEach(text -> settings.add(setting(id, text)));
      } else if (field.getKey().equals(RAISES)) {
        raises = Optional.of(field.getValue().asText());
      } else {
        levels.add(level(id, field.getKey(), field.getValue()));
      }
    }
    return new Declared(
        id,
        requirements(id, entry.path("requirement")),
        when.isValueNode() ? when.asText() : words(when),
        levels,
        settings,
        raises,
        because.asText());
  }

  /** The circumstances that must hold; none for {@code always}. */
  private static JsonNode circumstances(String id, JsonNode when) {
    boolean always = when.isTextual() && when.asText().equals("always");
    if (!always && (!when.isObject() || when.isEmpty())) {
      throw new IllegalArgumentException(
          "--known: %s: when must be always, or say what must be so: %s"
              .formatted(id, String.join(", ", factors())));
    }
    return when;
  }

  private static String words(JsonNode when) {
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : when.properties()) {
      words.add(field.getKey() + ": " + String.join(", ", texts(field.getValue())));
    }
    return String.join("; ", words);
  }

  private static Set<Requirement> requirements(String id, JsonNode node) {
    Set<Requirement> chosen = EnumSet.noneOf(Requirement.class);
    for (String name : texts(node)) {
      if (name.equals("any")) {
        return EnumSet.allOf(Requirement.class);
      }
      boolean known = Arrays.stream(Requirement.values()).anyMatch(r -> r.name().equals(name));
      require(
          known,
          id,
          "no requirement is named " + name,
          "any, " + String.join(", ", names(Requirement.values())));
      chosen.add(Requirement.valueOf(name));
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "--known: %s: requirement must be any, a name, or a list of names".formatted(id));
    }
    return chosen;
  }

  private static String setting(String id, String text) {
    boolean known = Causes.settings().contains(text);
    require(known, id, "no setting reads " + text, String.join("; ", Causes.settings()));
    return text;
  }

  private static Level level(String id, String name, JsonNode value) {
    List<Factor> found =
        Arrays.stream(Factor.values()).filter(factor -> word(factor).equals(name)).toList();
    require(found.size() == 1, id, "when knows no " + name, String.join(", ", factors()));
    Factor factor = found.get(0);
    String wanted = value.isValueNode() ? value.asText() : value.toString();
    return factor.levels().stream()
        .filter(level -> word(level).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                refusal(
                    id,
                    name + " cannot be " + wanted,
                    String.join(", ", factor.levels().stream().map(DeclaredFile::word).toList())));
  }

  private static List<String> factors() {
    List<String> words = new ArrayList<>(List.of(SETTING, RAISES));
    Arrays.stream(Factor.values()).map(DeclaredFile::word).forEach(words::add);
    return words;
  }

  /** The factor's name in the file, such as {@code loss sign}. */
  private static String word(Factor factor) {
    return factor.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The level's name in the file, without its factor, such as {@code not hit}. */
  private static String word(Level level) {
    return level.name().replaceFirst("^[A-Z]+_", "").toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  private static List<String> texts(JsonNode node) {
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList()
        : List.of(node.asText());
  }

  private static void require(boolean held, String id, String wrong, String known) {
    if (!held) {
      throw refusal(id, wrong, known);
    }
  }

  private static IllegalArgumentException refusal(String id, String wrong, String known) {
    return new IllegalArgumentException(
        "--known: %s: %s; there are %s".formatted(id, wrong, known));
  }
}
