package dev.alig.experiments.sentences;

import dev.alig.experiments.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The pairs of SNLI, as word vectors.
 *
 * @param vectors the vectors of all words that have one, and of the two marks
 * @param words how many different words the sentences have, with a vector or without
 * @param skipped how many pairs had no label
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of vectors, never compared
record SnliData(
    Pairs training, Pairs validation, Pairs test, double[][] vectors, int words, int skipped) {
  /** How many numbers a word of GloVe has. */
  static final int WORD_SIZE = 300;

  private static final double[] NO_VECTOR = {};

  /**
   * Pairs of sentences.
   *
   * @param first the first sentence of each pair, as the indices of its words' vectors
   * @param second the second sentence of each pair
   * @param labels the class of each pair
   */
  @SuppressWarnings("ArrayRecordComponent") // a million sentences, never compared
  record Pairs(int[][] first, int[][] second, int[] labels) {
    int size() {
      return labels.length;
    }
  }

  /**
   * Reads the three parts of SNLI, and the vectors of their words from GloVe.
   *
   * <p>A sentence is {@code <s>}, its words that have a vector, and {@code </s>}. Pairs without a
   * label are left out.
   *
   * @param limit the greatest number of pairs from each part
   * @param size how many numbers a vector has
   * @throws InputException if a file is missing or damaged
   */
  static SnliData read(Path folder, OptionalInt limit, int size) throws InputException {
    Map<String, Integer> numbers = new HashMap<>();
    List<PairReader> parts = Stream.of(1, 2, 3).map(any -> new PairReader(numbers)).toList();
    List<String> names = List.of("train", "dev", "test");
    int skipped = 0;
    for (int i = 0; i < parts.size(); i++) {
      SnliFile file = SnliFile.find(folder, names.get(i));
      skipped += file.read(limit.orElse(Integer.MAX_VALUE), parts.get(i)::add);
    }
    Map<String, double[]> found = WordVectors.read(folder, numbers.keySet(), size);
    double[][] vectors = new double[numbers.size() + 2][];
    numbers.forEach((word, number) -> vectors[number] = found.getOrDefault(word, NO_VECTOR));
    int begin = numbers.size();
    vectors[begin] = Objects.requireNonNull(found.get(WordVectors.BEGIN));
    vectors[begin + 1] = Objects.requireNonNull(found.get(WordVectors.END));
    List<Pairs> pairs = parts.stream().map(part -> part.pairs(vectors)).toList();
    return new SnliData(pairs.get(0), pairs.get(1), pairs.get(2), vectors, numbers.size(), skipped);
  }

  /** How many words have a vector; the marks are none. */
  int known() {
    return (int) Arrays.stream(vectors).filter(vector -> vector.length > 0).count() - 2;
  }

  /** The sentences with some positions, as word vectors. */
  double[][][] words(int[][] sentences, int[] positions) {
    return Arrays.stream(positions)
        .mapToObj(
            at ->
                Arrays.stream(sentences[at])
                    .mapToObj(word -> vectors[word])
                    .toArray(double[][]::new))
        .toArray(double[][][]::new);
  }

  /** Collects pairs, and gives each new word a number. */
  private static final class PairReader {
    private final Map<String, Integer> numbers;
    private final List<int[]> first = new ArrayList<>();
    private final List<int[]> second = new ArrayList<>();
    private final List<Byte> labels = new ArrayList<>();

    PairReader(Map<String, Integer> numbers) {
      this.numbers = numbers;
    }

    void add(SnliFile.Pair pair) {
      first.add(numbered(pair.first()));
      second.add(numbered(pair.second()));
      labels.add((byte) pair.label());
    }

    private int[] numbered(String sentence) {
      return PennTokenizer.words(sentence).stream()
          .mapToInt(word -> numbers.computeIfAbsent(word, any -> numbers.size()))
          .toArray();
    }

    Pairs pairs(double[][] vectors) {
      return new Pairs(
          first.stream().map(words -> marked(words, vectors)).toArray(int[][]::new),
          second.stream().map(words -> marked(words, vectors)).toArray(int[][]::new),
          labels.stream().mapToInt(Byte::intValue).toArray());
    }

    private static int[] marked(int[] words, double[][] vectors) {
      int begin = vectors.length - 2;
      IntStream known = Arrays.stream(words).filter(word -> vectors[word].length > 0);
      return IntStream.concat(IntStream.concat(IntStream.of(begin), known), IntStream.of(begin + 1))
          .toArray();
    }
  }
}
