package dev.alig.conformance.report.page;

import dev.alig.conformance.coverage.Factor;
import dev.alig.conformance.coverage.ImpossiblePairs;
import dev.alig.conformance.coverage.Level;
import dev.alig.conformance.coverage.Pair;
import dev.alig.conformance.report.PairReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A drawing of which circumstances met: one square per two levels. The names of the factors stand
 * along the diagonal.
 *
 * @param summary the drawing in words
 * @param cells the squares
 * @param labels the factors
 * @param missing the pairs that can meet and did not
 * @param contradicted the pairs that met against their declaration
 * @param inapplicable the pairs that the subject cannot show
 */
record PairsView(
    String summary,
    List<Cell> cells,
    List<Label> labels,
    List<String> missing,
    List<String> contradicted,
    List<Excused> inapplicable) {
  private static final int CELL = 8;
  private static final int GAP = 4;
  private static final List<Level> LEVELS = List.of(Level.values());
  private static final List<Factor> FACTORS = List.of(Factor.values());

  /** The states of a pair; their names choose the colour. */
  private enum State {
    MET(7, "met"),
    MISSING(7, "did not meet"),
    EXCUSED(5, "cannot be shown by this optimizer"),
    IMPOSSIBLE(2, "cannot meet");

    private final int size;
    private final String words;

    State(int size, String words) {
      this.size = size;
      this.words = words;
    }
  }

  /** A square. */
  record Cell(String state, int x, int y, int size, String title) {}

  /** A factor's name. */
  record Label(int x, int y, String name) {}

  /** A pair with the reason why the subject cannot show it. */
  record Excused(String pair, String why) {}

  static PairsView of(PairReport pairs) {
    List<Cell> cells = new ArrayList<>();
    for (Pair pair : Pair.all()) {
      State state = state(pair, pairs);
      int inset = (CELL - state.size) / 2;
      cells.add(
          new Cell(
              state.name().toLowerCase(Locale.ROOT),
              at(pair.first()) + inset,
              at(pair.second()) + inset,
              state.size,
              pair + ": " + state.words));
    }
    return new PairsView(
        summary(pairs),
        cells,
        alongTheDiagonal(),
        pairs.missing(),
        pairs.contradicted(),
        pairs.inapplicable().entrySet().stream()
            .map(entry -> new Excused(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static State state(Pair pair, PairReport pairs) {
    String name = pair.toString();
    if (pairs.inapplicable().containsKey(name)) {
      return State.EXCUSED;
    }
    if (ImpossiblePairs.reasons().containsKey(pair) && !pairs.contradicted().contains(name)) {
      return State.IMPOSSIBLE;
    }
    return pairs.missing().contains(name) ? State.MISSING : State.MET;
  }

  private static int at(Level level) {
    return CELL * LEVELS.indexOf(level) + GAP * FACTORS.indexOf(level.factor());
  }

  /** Each beside the columns and the rows of its factor. */
  private static List<Label> alongTheDiagonal() {
    List<Label> labels = new ArrayList<>();
    for (Factor factor : Factor.values()) {
      List<Level> levels = factor.levels();
      int first = at(levels.get(0));
      labels.add(
          new Label(
              first + 1,
              first + CELL * levels.size() / 2 + GAP,
              factor.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
    return labels;
  }

  private static String summary(PairReport pairs) {
    return "%s pairs of circumstances met that can meet"
        .formatted(Words.of(pairs.covered(), pairs.possible()));
  }
}
