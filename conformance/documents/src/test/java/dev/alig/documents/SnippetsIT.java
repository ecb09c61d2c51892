package dev.alig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The Java and the dependencies that documents show are those of projects that the build runs. */
class SnippetsIT {
  private static final List<String> PROJECTS =
      List.of("java-impl/consumers/src/it", "conformance/example/src/it");

  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>.*?</dependency>", Pattern.DOTALL);

  /** What a pom of these projects takes from the build, such as {@code @nd4j.version@}. */
  private static final Pattern VALUE = Pattern.compile("@([\\w.]+)@");

  @TestFactory
  Stream<DynamicTest> javaIsPartOfAProgram() throws IOException {
    List<String> programs = files(".java");
    return Documents.blocks("java").stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    block.firstLine(),
                    () -> assertThat(programs).anyMatch(program -> shows(block.text(), program))));
  }

  /** Imports may be some of the program's; a line of comment stands for what is left out. */
  private static boolean shows(String text, String program) {
    String code = withoutImports(program);
    return imports(program).containsAll(imports(text))
        && Stream.of(withoutImports(text).split("(?m)^//.*$"))
            .allMatch(part -> code.contains(part.strip()));
  }

  private static List<String> imports(String text) {
    return text.lines().filter(line -> line.startsWith("import ")).toList();
  }

  private static String withoutImports(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("import "))
        .collect(Collectors.joining("\n"));
  }

  @TestFactory
  Stream<DynamicTest> dependenciesAreThoseOfAProject() throws IOException {
    List<String> known =
        files("pom.xml").stream().flatMap(pom -> dependencies(withValues(pom))).toList();
    return Documents.blocks("xml").stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    block.firstLine(),
                    () -> assertThat(dependencies(block.text())).isNotEmpty().isSubsetOf(known)));
  }

  private static Stream<String> dependencies(String pom) {
    return DEPENDENCY
        .matcher(pom)
        .results()
        .map(MatchResult::group)
        .map(d -> d.replaceAll("\\s", ""));
  }

  private static String withValues(String pom) {
    String root = Documents.read(Documents.ROOT.resolve("pom.xml"));
    return VALUE.matcher(pom).replaceAll(name -> value(root, name.group(1)));
  }

  private static String value(String pom, String name) {
    String tag = name.equals("project.version") ? "version" : name;
    Matcher value =
        Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(Pattern.quote(tag))).matcher(pom);
    assertThat(value.find()).as(name).isTrue();
    return value.group(1);
  }

  private static List<String> files(String end) throws IOException {
    List<String> texts = new ArrayList<>();
    for (String project : PROJECTS) {
      try (Stream<Path> files = Files.walk(Documents.ROOT.resolve(project))) {
        files
            .filter(file -> file.toString().endsWith(end))
            .map(Documents::read)
            .forEach(texts::add);
      }
    }
    return texts;
  }
}
