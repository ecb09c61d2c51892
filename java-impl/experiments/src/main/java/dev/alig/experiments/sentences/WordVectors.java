package dev.alig.experiments.sentences;

import dev.alig.experiments.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The vectors of some words from a file of GloVe (Pennington et al., EMNLP 2014): per line a word,
 * a blank, and numbers.
 */
final class WordVectors {
  /** The mark that begins a sentence. */
  static final String BEGIN = "<s>";

  /** The mark that ends a sentence. */
  static final String END = "</s>";

  private static final String NAME = "glove.840B.300d.txt";
  private static final int BUFFER = 1 << 20;

  private WordVectors() {}

  /**
   * Finds the vectors of some words and of the two marks. The file is read as a stream; words that
   * are not asked for are passed over.
   *
   * @param folder holds the file, or a folder {@code GloVe} that does
   * @param size how many numbers a vector has
   * @return the vectors that there are; of a word that occurs twice, the last
   * @throws InputException if the file is missing, a line is damaged, or a mark has no vector
   */
  static Map<String, double[]> read(Path folder, Set<String> words, int size)
      throws InputException {
    Path inner = folder.resolve("GloVe").resolve(NAME);
    Path file = Files.isRegularFile(inner) ? inner : folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "%s is missing; unpack glove.840B.300d.zip from https://nlp.stanford.edu/projects/glove there"
              .formatted(file));
    }
    Map<String, double[]> vectors = new HashMap<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), BUFFER)) {
      String line;
      for (int number = 1; (line = in.readLine()) != null; number++) {
        // Some words of GloVe have other blanks than ' ' in them.
        int blank = line.indexOf(' ');
        String word = blank < 0 ? line : line.substring(0, blank);
        if (words.contains(word) || word.equals(BEGIN) || word.equals(END)) {
          vectors.put(word, vector(file, number, line.substring(word.length()).strip(), size));
        }
      }
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    for (String mark : List.of(BEGIN, END)) {
      if (!vectors.containsKey(mark)) {
        throw new InputException(
            "%s has no vector for %s; fetch the file again".formatted(file, mark));
      }
    }
    return vectors;
  }

  private static double[] vector(Path file, int line, String numbers, int size)
      throws InputException {
    String[] parts = numbers.split(" +", -1);
    if (parts.length != size) {
      throw new InputException(
          "%s, line %d: a vector must have %d numbers, had %d; fetch the file again"
              .formatted(file, line, size, numbers.isEmpty() ? 0 : parts.length));
    }
    double[] vector = new double[size];
    for (int i = 0; i < size; i++) {
      try {
        vector[i] = Double.parseDouble(parts[i]);
      } catch (NumberFormatException e) {
        throw new InputException(
            "%s, line %d: \"%s\" is no number; fetch the file again"
                .formatted(file, line, parts[i]),
            e);
      }
    }
    return vector;
  }
}
