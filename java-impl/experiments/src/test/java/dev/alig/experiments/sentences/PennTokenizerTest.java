package dev.alig.experiments.sentences;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PennTokenizerTest {
  /** Sentences, each followed by what the Treebank's sed script printed for it. */
  private static final String SENTENCES =
      """
        A man isn't sleeping; he's running.
        A man is n't sleeping ; he 's running .
        "Stop!" she said, "I can't wait."
        `` Stop ! '' she said , `` I ca n't wait . ''
        They're waiting (in the rain) for Mr. Smith.
        They 're waiting ( in the rain ) for Mr. Smith .
        The sign says "No. 5" ...
        The sign says `` No. 5 '' ...
        I cannot believe it's 50% off, is it?
        I can not believe it 's 50 % off , is it ?
        Gonna get gonna go.
        Gon na get gon na go .
        The boys' dog, the boy's dog -- and the dogs.
        The boys ' dog , the boy 's dog -- and the dogs .
        It costs $5,000 & more: #1 at the U.S.
        It costs $ 5 , 000 & more : # 1 at the U.S .
        He'll say they've won and we'd lose, I'M SURE IT'LL DO.
        He 'll say they 've won and we 'd lose , I 'M SURE IT 'LL DO .
        'Tis late, d'ye know, 'twas more'n enough.
        'T is late , d' ye know , 't was more 'n enough .
        Two-story houses, rock'n'roll and O'Neil.
        Two-story houses , rock'n'roll and O'Neil .
        A girl sits [alone] {here} <there>.
        A girl sits [ alone ] { here } < there > .
        Lemme see, gimme that, I wanna and gotta.
        Lem me see , gim me that , I wan na and got ta .
        He said ("hello").
        He said ( `` hello '' ) .
        no final period
        no final period
        Who?! Me!? a@b.com
        Who ? ! Me ! ? a @ b.com
        DON'T STOP. They shan't.
        DO N'T STOP. They sha n't .
        A 'quoted' word and a ''double'' one.
        A 'quoted ' word and a ''double'' one .
        x'll's y
        x 'll 's y
        """;

  static Stream<Arguments> sentences() {
    List<String> lines = SENTENCES.lines().toList();
    List<Arguments> pairs = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 2) {
      pairs.add(Arguments.of(lines.get(i), lines.get(i + 1)));
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void theWordsAreThoseOfTheScript(String sentence, String words) {
    assertThat(String.join(" ", PennTokenizer.words(sentence))).isEqualTo(words);
  }

  @Test
  void blanksAroundASentenceMakeNoWords() {
    assertThat(PennTokenizer.words("  The end.) \t")).containsExactly("The", "end", ".", ")");
    assertThat(PennTokenizer.words(" \u00a0")).isEmpty();
    assertThat(PennTokenizer.words("")).isEmpty();
  }
}
