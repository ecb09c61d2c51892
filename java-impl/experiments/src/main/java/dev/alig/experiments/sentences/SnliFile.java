package dev.alig.experiments.sentences;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.experiments.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of SNLI 1.0 (Bowman et al., EMNLP 2015, arXiv:1508.05326): one pair per line, as JSON in
 * {@code .jsonl}, or in columns with a header in {@code .txt}.
 *
 * @param file the file
 * @param columns the positions of label and sentences in a line of columns; empty for JSON
 */
record SnliFile(Path file, List<Integer> columns) {
  /** The classes, in the authors' order. */
  static final List<String> LABELS = List.of("entailment", "neutral", "contradiction");

  /** The label of a pair on which the annotators did not agree. */
  private static final String NONE = "-";

  private static final String LABEL = "gold_label";
  private static final String FIRST = "sentence1";
  private static final String SECOND = "sentence2";
  private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(Fields.class);

  /**
   * A pair.
   *
   * @param label the position of its class in {@link #LABELS}
   */
  record Pair(int label, String first, String second) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Fields(
      @JsonProperty(LABEL) @Nullable String label,
      @JsonProperty(FIRST) @Nullable String first,
      @JsonProperty(SECOND) @Nullable String second) {}

  /** Something is wrong with a line. */
  private static final class LineException extends Exception {
    private static final long serialVersionUID = 1;

    LineException(String message) {
      super(message);
    }
  }

  /**
   * Finds a part of SNLI in a folder, or in {@code snli_1.0} inside it; JSON comes first.
   *
   * @param part {@code train}, {@code dev} or {@code test}
   * @throws InputException if there is no such file, or its header is not SNLI's
   */
  static SnliFile find(Path folder, String part) throws InputException {
    for (String ending : List.of("jsonl", "txt")) {
      String name = "snli_1.0_%s.%s".formatted(part, ending);
      for (Path file : List.of(folder.resolve(name), folder.resolve("snli_1.0").resolve(name))) {
        if (Files.isRegularFile(file)) {
          return new SnliFile(file, ending.equals("txt") ? header(file) : List.of());
        }
      }
    }
    throw new InputException(
        "%s has neither snli_1.0_%s.jsonl nor snli_1.0_%s.txt; unpack snli_1.0.zip from https://nlp.stanford.edu/projects/snli there"
            .formatted(folder, part, part));
  }

  private static List<Integer> header(Path file) throws InputException {
    try (BufferedReader in = open(file)) {
      String line = in.readLine();
      List<String> names = line == null ? List.of() : Arrays.asList(line.split("\t", -1));
      List<Integer> found = Stream.of(LABEL, FIRST, SECOND).map(names::indexOf).toList();
      if (found.contains(-1)) {
        throw new InputException(
            "%s, line 1: the header must have the columns %s, %s and %s; fetch the file again"
                .formatted(file, LABEL, FIRST, SECOND));
      }
      return found;
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  private static InputException unreadable(Path file, IOException e) {
    return new InputException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
  }

  /**
   * Reads the pairs that have a label, line by line.
   *
   * @param most at most how many
   * @return how many pairs without a label were skipped
   * @throws InputException if a line is damaged; the message has its number
   */
  int read(int most, Consumer<Pair> pairs) throws InputException {
    int number = 0;
    int taken = 0;
    int skipped = 0;
    try (BufferedReader in = open(file)) {
      String line = columns.isEmpty() ? "" : in.readLine();
      number = columns.isEmpty() ? 0 : 1;
      while (taken < most && (line = in.readLine()) != null) {
        number++;
        Fields fields = columns.isEmpty() ? json(line) : columns(line);
        if (NONE.equals(fields.label)) {
          skipped++;
        } else {
          pairs.accept(pair(fields));
          taken++;
        }
      }
    } catch (LineException e) {
      throw new InputException(
          "%s, line %d: %s; fetch the file again".formatted(file, number, e.getMessage()), e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (taken == 0) {
      throw new InputException(file + " has no pair with a label; fetch the file again");
    }
    return skipped;
  }

  private static Fields json(String line) throws LineException {
    try {
      Fields read = JSON.readValue(line);
      if (read == null) {
        throw new LineException("it is null, not a pair");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new LineException("it is no JSON object of a pair (" + e.getOriginalMessage() + ")");
    }
  }

  private Fields columns(String line) throws LineException {
    String[] cells = line.split("\t", -1);
    int last = columns.stream().mapToInt(i -> i).max().orElseThrow();
    if (cells.length <= last) {
      throw new LineException(
          "it has %d columns, and needs %d at least".formatted(cells.length, last + 1));
    }
    return new Fields(cells[columns.get(0)], cells[columns.get(1)], cells[columns.get(2)]);
  }

  private static Pair pair(Fields fields) throws LineException {
    String first = fields.first;
    String second = fields.second;
    String label = fields.label;
    if (label == null || first == null || second == null) {
      throw new LineException(
          "%s must be there".formatted(label == null ? LABEL : first == null ? FIRST : SECOND));
    }
    int index = LABELS.indexOf(label);
    if (index < 0) {
      throw new LineException(
          "%s must be %s or %s, was \"%s\""
              .formatted(LABEL, String.join(", ", LABELS), NONE, label));
    }
    return new Pair(index, first, second);
  }
}
