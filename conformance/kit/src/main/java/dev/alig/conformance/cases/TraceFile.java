package dev.alig.conformance.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.model.Provenance;
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
import org.apiguardian.api.API;

/**
 * Trace files: JSON lines, the provenance first, then one recorded case per line.
 *
 * <p>Floats are hexadecimal strings, or {@code nan}, {@code inf}, {@code -inf}; a {@code null}
 * gradient is absent, and a {@code null} buffer belongs to a group without momentum.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class TraceFile {
  private static final JsonMapper JSON = new JsonMapper();

  private TraceFile() {}

  /** The traces of both originals that the kit ships. */
  public static List<Recorded> shipped() {
    return Stream.of("alig-th.jsonl", "alig-tf.jsonl")
        .flatMap(name -> shipped(name).stream())
        .toList();
  }

  /** Where the traces of {@code alig.th} that the kit ships were recorded. */
  public static Provenance shippedFrom() {
    return shipped("alig-th.jsonl", lines -> provenance(JSON.readTree(lines.readLine())));
  }

  private static List<Recorded> shipped(String name) {
    return shipped(name, lines -> read(lines, name));
  }

  private static <T> T shipped(String name, Reading<T> reading) {
    String resource = "/dev/alig/conformance/traces/" + name;
    try (InputStream stream = TraceFile.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the kit lacks its trace file " + resource);
      }
      return reading.of(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("the kit's trace file " + resource + " cannot be read", e);
    }
  }

  /** What is made of the lines of a file. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(BufferedReader lines) throws IOException;
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
    Provenance provenance = Provenance.UNKNOWN;
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      try {
        JsonNode node = JSON.readTree(line);
        if (number == 1) {
          provenance = provenance(node);
        } else if (!line.isBlank()) {
          cases.add(TraceJson.read(node, origin(provenance)).from(provenance));
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

  private static Provenance provenance(JsonNode line) {
    Provenance provenance =
        new Provenance(
            line.path("recorded_from").asText(""),
            line.path("library").asText(""),
            line.path("cpu").asText(""),
            line.path("settings").asText(""));
    if (provenance.recordedFrom().isEmpty()) {
      throw new IllegalArgumentException("the first line must say recorded_from");
    }
    return provenance;
  }

  private static Origin origin(Provenance provenance) {
    return provenance.recordedFrom().startsWith(Origin.TF.label()) ? Origin.TF : Origin.TH;
  }

  /** A number as trace files have it: hexadecimal, {@code nan}, {@code inf} or {@code -inf}. */
  public static String hex(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return padded(Double.toHexString(value));
  }

  /**
   * As Python writes it: thirteen digits behind the point unless it is 0, and a signed exponent.
   */
  private static String padded(String hex) {
    int point = hex.indexOf('.');
    int exponent = hex.indexOf('p');
    String digits = hex.substring(point + 1, exponent);
    String sign = hex.charAt(exponent + 1) == '-' ? "" : "+";
    boolean zero = digits.equals("0") && hex.charAt(point - 1) == '0';
    String fraction = zero ? digits : (digits + "0000000000000").substring(0, 13);
    return hex.substring(0, point + 1) + fraction + "p" + sign + hex.substring(exponent + 1);
  }

  /**
   * The number of a text that {@link #hex} wrote.
   *
   * @throws NumberFormatException if the text is not a number
   */
  public static double number(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
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
