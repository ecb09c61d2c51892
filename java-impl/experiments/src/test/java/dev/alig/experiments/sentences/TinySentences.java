package dev.alig.experiments.sentences;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of SNLI and GloVe with a few pairs and vectors of four numbers. */
final class TinySentences {
  static final int WORD_SIZE = 4;

  private static final String HEADER =
      "gold_label\tsentence1_binary_parse\tsentence2_binary_parse\tsentence1_parse"
          + "\tsentence2_parse\tsentence1\tsentence2\tcaptionID\tpairID";
  private static final String[] COLORS = {"red", "green", "blue"};

  private TinySentences() {}

  /** Writes all files; the test part is in columns, the others in JSON. */
  static void write(Path folder, int training) throws IOException {
    Files.write(folder.resolve("snli_1.0_train.jsonl"), lines(training, true));
    Files.write(folder.resolve("snli_1.0_dev.jsonl"), lines(6, true));
    List<String> test = lines(4, false);
    test.add(0, HEADER);
    Files.write(folder.resolve("snli_1.0_test.txt"), test);
    Files.writeString(
        folder.resolve("glove.840B.300d.txt"),
        """
        <s> 0.1 0.2 0.3 0.4
        red 1 0 0 0.5
        at\u00a0red 9 9 9
        green 0 1 0 -0.5
        blue 0 0 1 1e-1
        is -1 0.5 0 0
        . 0 0 -1 0
        unused 7 7 7
        </s> 0.4 0.3 0.2 0.1
        """);
  }

  /** The label follows from the second color; every fifth pair has none. */
  private static List<String> lines(int count, boolean json) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String label = i % 5 == 4 ? "-" : SnliFile.LABELS.get(i % 3);
      String first = "It is %s is %s.".formatted(COLORS[i / 3 % 3], COLORS[i / 2 % 3]);
      String second = i % 2 == 0 ? COLORS[i % 3] : COLORS[i % 3] + " is, is.";
      lines.add(
          json
              ? "{\"gold_label\": \"%s\", \"pairID\": \"%d\", \"sentence1\": \"%s\", \"sentence2\": \"%s\"}"
                  .formatted(label, i, first, second)
              : "%s\t()\t()\t()\t()\t%s\t%s\t%d.jpg\t%d".formatted(label, first, second, i, i));
    }
    return lines;
  }
}
