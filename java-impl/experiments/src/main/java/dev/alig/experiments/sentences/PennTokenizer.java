package dev.alig.experiments.sentences;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Splits a sentence into the words of the Penn Treebank, as the Treebank's sed script does, which
 * InferSent's authors run on SNLI. The rules apply in this order:
 *
 * <ol>
 *   <li>{@code "} opens a quotation at the beginning and after a blank or an opening bracket, and
 *       becomes {@code ``}; elsewhere it becomes {@code ''}.
 *   <li>{@code ...}, {@code --}, brackets and {@code , ; : @ # $ % & ? !} are words of their own.
 *   <li>A period is one at the end of the sentence only; brackets and quotes may follow it there.
 *   <li>{@code '} is one at the end of a word, and begins one in {@code 's 'm 'd 'll 're 've}.
 *       {@code n't} is one.
 *   <li>Contractions such as {@code cannot} and {@code gonna} are two.
 * </ol>
 */
final class PennTokenizer {
  /** Ends of words that become words, in the script's order. */
  private static final List<String> ENDS =
      List.of("'[sSmMdD]", "'ll", "'re", "'ve", "n't", "'LL", "'RE", "'VE", "N'T");

  /** The contractions in two parts. The first letter may be large. */
  private static final List<String> CONTRACTIONS =
      List.of(
          "can not", "d' ye", "gim me", "gon na", "got ta", "lem me", "more 'n", "'t is", "'t was",
          "wan na");

  private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private static final List<Rule> RULES =
      Stream.of(
              Stream.of(
                  new Rule("^\"", "`` "),
                  new Rule("([ (\\[{<])\"", "$1 `` "),
                  new Rule("\\.{3}|[,;:@#$%&]", " $0 "),
                  new Rule("([^.])(\\.[\\])}>\"']*)[ \\t]*\\z", "$1 $2 "),
                  new Rule("[?!\\[\\](){}<>]|--", " $0 "),
                  new Rule("^|\\z", " "),
                  new Rule("\"", " '' "),
                  new Rule("([^'])' ", "$1 ' ")),
              ENDS.stream().map(end -> new Rule(end + " ", " $0")),
              CONTRACTIONS.stream().map(Rule::splitting))
          .flatMap(rules -> rules)
          .toList();

  private PennTokenizer() {}

  /** What replaces what, everywhere in a sentence. */
  private record Rule(Pattern pattern, String replacement) {
    Rule(String pattern, String replacement) {
      this(Pattern.compile(pattern), replacement);
    }

    /** Splits a contraction that stands between blanks. */
    static Rule splitting(String parts) {
      int first = parts.charAt(0) == '\'' ? 1 : 0;
      char letter = parts.charAt(first);
      String[] part = parts.split(" ", -1);
      String begin =
          "%s[%c%c]%s"
              .formatted(
                  parts.substring(0, first),
                  letter,
                  Character.toUpperCase(letter),
                  part[0].substring(first + 1));
      return new Rule(" (%s)(%s) ".formatted(begin, part[1]), " $1 $2 ");
    }

    String apply(String sentence) {
      return pattern.matcher(sentence).replaceAll(replacement);
    }
  }

  /** The words of a sentence; none if it is blank. */
  static List<String> words(String sentence) {
    String split = sentence;
    for (Rule rule : RULES) {
      split = rule.apply(split);
    }
    return BLANKS.splitAsStream(split).filter(word -> !word.isEmpty()).toList();
  }
}
