package dev.alig.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The project's documents: the large ones at its root, and the pages in {@code docs}.
 *
 * <p>The list of changes and the records of decisions are about earlier versions too, and are left
 * out.
 */
final class Documents {
  static final Path ROOT = Path.of(System.getProperty("alig.root", "../..")).normalize();

  private static final List<String> FILES =
      List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md");

  /** A block of code, with the name of its language. */
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

  /** Code within a sentence, which may go on in the next line. */
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

  private static final Pattern COMMAND =
      Pattern.compile(
          "([A-Z_]+=\\S+ )*(ci/[a-z-]+|mvn|python3?|torchrun|java|ruff|jq|openssl|apt-get|uv|spark-submit)( .*)?");

  private Documents() {}

  /** A block of code, and where it stands. */
  record Block(Path file, String text) {
    String firstLine() {
      return ROOT.relativize(file) + ": " + text.lines().findFirst().orElse("");
    }
  }

  /** Every command, each once, in the order in which they are read. */
  static List<String> commands() {
    return code().filter(line -> COMMAND.matcher(line).matches()).distinct().toList();
  }

  /** The switches that sentences and tables name by themselves. */
  static List<String> switches() {
    return code()
        .filter(line -> line.startsWith("--"))
        .flatMap(line -> Stream.of(line.split(" ")).filter(word -> word.startsWith("--")))
        .map(word -> word.replaceFirst("=.*", ""))
        .distinct()
        .toList();
  }

  /** The blocks of code in a language. */
  static List<Block> blocks(String language) {
    return files()
        .flatMap(
            file ->
                BLOCK
                    .matcher(read(file))
                    .results()
                    .filter(block -> block.group(1).equals(language))
                    .map(block -> new Block(file, block.group(2))))
        .toList();
  }

  private static Stream<Path> files() {
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      List<Path> sorted = pages.filter(page -> page.toString().endsWith(".md")).sorted().toList();
      return Stream.concat(FILES.stream().map(ROOT::resolve), sorted.stream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> code() {
    return files()
        .map(Documents::read)
        .flatMap(text -> Stream.concat(lines(text), spans(text)))
        .map(line -> line.replaceAll("\\s+", " ").strip());
  }

  private static Stream<String> lines(String text) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).isEmpty() || block.group(1).equals("sh"))
        .flatMap(block -> block.group(2).replace("\\\n", " ").lines());
  }

  private static Stream<String> spans(String text) {
    return SPAN.matcher(BLOCK.matcher(text).replaceAll("")).results().map(Documents::inside);
  }

  private static String inside(MatchResult span) {
    return span.group(1);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
