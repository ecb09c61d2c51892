package dev.alig.conformance.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.conformance.cases.Recorded.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Trace files: JSON lines, the provenance first, then one recorded case a line.
 *
 * <p>Floats are hexadecimal strings, or {@code nan}, {@code inf}, {@code -inf}; a {@code null}
 * gradient is one that is absent, a {@code null} buffer one that a group without momentum lacks.
 */
public final class TraceFile {
  private static final JsonMapper JSON = new JsonMapper();

  private TraceFile() {}

  /** The traces of both originals that the kit ships. */
  public static List<Recorded> shipped() {
    return Stream.of("alig-th.jsonl", "alig-tf.jsonl")
        .flatMap(name -> shipped(name).stream())
        .toList();
  }

  private static List<Recorded> shipped(String name) {
    String resource = "/dev/alig/conformance/traces/" + name;
    try (InputStream stream = TraceFile.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the kit lacks its trace file " + resource);
      }
      return read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)), name);
    } catch (IOException e) {
      throw new UncheckedIOException("the kit's trace file " + resource + " cannot be read", e);
    }
  }

  /**
   * Reads a trace file, or every {@code .jsonl} file of a folder.
   *
   * @throws IllegalArgumentException naming file and line, if one is malformed or there is none
   */
  public static List<Recorded> read(Path path) {
    if (!Files.isDirectory(path)) {
      return readFile(path);
    }
    try (Stream<Path> files = Files.walk(path)) {
      List<Recorded> all =
          files
              .filter(file -> file.toString().endsWith(".jsonl"))
              .sorted()
              .flatMap(file -> readFile(file).stream())
              .toList();
      if (all.isEmpty()) {
        throw new IllegalArgumentException("no trace file (*.jsonl) lies in " + path);
      }
      return all;
    } catch (IOException e) {
      throw new IllegalArgumentException("the folder " + path + " cannot be read", e);
    }
  }

  private static List<Recorded> readFile(Path file) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      return read(lines, file.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException("the trace file " + file + " cannot be read: " + e, e);
    }
  }

  private static List<Recorded> read(BufferedReader lines, String name) throws IOException {
    List<Recorded> cases = new ArrayList<>();
    Origin origin = Origin.TH;
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      try {
        JsonNode node = JSON.readTree(line);
        if (number == 1) {
          origin = origin(node);
        } else if (!line.isBlank()) {
          cases.add(TraceJson.read(node, origin));
        }
      } catch (JsonProcessingException | RuntimeException e) {
        throw new IllegalArgumentException(
            "%s, line %d is not a trace: %s".formatted(name, number, e.getMessage()), e);
      }
    }
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("the trace file " + name + " holds no case");
    }
    return cases;
  }

  private static Origin origin(JsonNode provenance) {
    String recorded = provenance.path("recorded_from").asText("");
    if (recorded.isEmpty()) {
      throw new IllegalArgumentException("the first line must say recorded_from");
    }
    return recorded.startsWith(Origin.TF.label()) ? Origin.TF : Origin.TH;
  }

  /** A number as trace files have it: hexadecimal, {@code nan}, {@code inf} or {@code -inf}. */
  public static String hex(double value) {
    return HexNumber.hex(value);
  }

  /**
   * The number of a text that {@link #hex} wrote.
   *
   * @throws NumberFormatException if it is none
   */
  public static double number(String text) {
    return HexNumber.number(text);
  }

  /** Writes one case and what an oracle did with it, so that it can be replayed. */
  public static void write(Path file, Recorded recorded, String recordedFrom) throws IOException {
    ObjectNode provenance = JSON.createObjectNode();
    provenance.put("recorded_from", recordedFrom);
    provenance.put("cases", 1);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(
        file,
        List.of(
            JSON.writeValueAsString(provenance),
            JSON.writeValueAsString(TraceJson.write(recorded))));
  }
}
