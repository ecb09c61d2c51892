package dev.alig.documents;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code commands.yaml}: a command as it is shown, and how it is run.
 *
 * @param shown the command as the documents have it
 * @param elsewhere what else runs it, where this test does not
 * @param before shell commands that make what it needs
 * @param in the folder to run it in, where that is not the root of the tree
 * @param values what stands in it for a value, and the value
 * @param adds switches that make it short, and send its results elsewhere
 * @param exits the exit statuses that are right
 * @param says what it prints, at least
 * @param leaves files that are there afterwards
 * @param slow whether it takes minutes, and runs in the profile {@code documents} only
 */
record Command(
    String shown,
    @Nullable String elsewhere,
    @Nullable String before,
    String in,
    Map<String, String> values,
    String adds,
    List<Integer> exits,
    List<String> says,
    List<String> leaves,
    boolean slow) {

  @SuppressWarnings("NullAway") // What an entry leaves out arrives as null.
  Command {
    in = Objects.requireNonNullElse(in, ".");
    values = Objects.requireNonNullElse(values, Map.of());
    adds = Objects.requireNonNullElse(adds, "");
    exits = Objects.requireNonNullElse(exits, List.of(0));
    says = Objects.requireNonNullElse(says, List.of());
    leaves = Objects.requireNonNullElse(leaves, List.of());
  }

  static List<Command> all() {
    try (InputStream list = Command.class.getResourceAsStream("commands.yaml")) {
      ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
      return List.of(yaml.readValue(Objects.requireNonNull(list), Command[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command as it is run: values in their places, and more switches at its end. */
  String line() {
    String line = shown;
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (!line.contains(value.getKey())) {
        throw new IllegalStateException(
            "commands.yaml: `%s` does not contain %s".formatted(shown, value.getKey()));
      }
      line = line.replace(value.getKey(), value.getValue());
    }
    return line + (adds.isEmpty() ? "" : " " + adds);
  }
}
