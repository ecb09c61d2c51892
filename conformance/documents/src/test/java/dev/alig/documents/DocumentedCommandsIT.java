package dev.alig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each command of the documents works as it is printed; they run in the order of their list. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are shown for a POSIX shell")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DocumentedCommandsIT {
  /** What prints the switches; not ci/benchmark, which would build the tree on the newest JDK. */
  private static final List<String> HELP =
      List.of(
          "ci/conform --help",
          "ci/sweep --help",
          "ci/sweep --spark 'local[1]' --help",
          "ci/compare --help",
          "ci/experiment --help",
          "PYTHONPATH=python-ref/src python -m alig_oracle images --help",
          "java -jar java-impl/benchmarks/target/benchmarks.jar --help");

  /** Of the JVM, in a sentence about an application's command line; the consumers use them. */
  private static final List<String> OF_JAVA = List.of("--add-modules", "--enable-native-access");

  @TempDir private static Path folder;

  private static UserShell shell = new UserShell(Path.of("."));

  @BeforeAll
  static void open() {
    shell = new UserShell(folder);
  }

  @Test
  @Order(1)
  void everyCommandThatIsShownIsInTheListAndNoOther() {
    assertThat(Command.all().stream().map(Command::shown).distinct())
        .containsExactlyInAnyOrderElementsOf(Documents.commands());
  }

  @Test
  @Order(1)
  void everyScriptIsShown() throws IOException {
    List<String> commands = Documents.commands();
    try (Stream<Path> files = Files.list(Documents.ROOT.resolve("ci"))) {
      assertThat(files.filter(Files::isExecutable).map(file -> "ci/" + file.getFileName()))
          .isNotEmpty()
          .allSatisfy(
              script -> assertThat(commands).anyMatch(c -> (c + " ").startsWith(script + " ")));
    }
  }

  @Test
  @Order(1)
  void everySwitchThatIsNamedBelongsToACommand() throws IOException {
    String help = shell.run(String.join("\n", HELP)).printed();
    assertThat(Documents.switches())
        .filteredOn(name -> !OF_JAVA.contains(name))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(help).containsPattern(name + "\\b"));
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> itWorks() {
    return runs(command -> !command.slow());
  }

  @TestFactory
  @Tag("slow")
  @Order(3)
  Stream<DynamicTest> itWorksInMinutes() {
    return runs(Command::slow);
  }

  private static Stream<DynamicTest> runs(Predicate<Command> chosen) {
    return Command.all().stream()
        .filter(command -> command.elsewhere() == null)
        .filter(chosen)
        .map(command -> DynamicTest.dynamicTest(command.shown(), () -> run(command)));
  }

  private static void run(Command command) throws IOException {
    if (command.before() != null) {
      UserShell.Outcome before = shell.run(command.before());
      assertThat(before.status()).as(before.printed()).isZero();
    }
    UserShell.Outcome outcome = shell.run("cd %s%n%s".formatted(command.in(), command.line()));
    String printed = outcome.printed();
    System.out.println("exit status " + outcome.status() + ": " + command.line());
    assertThat(command.exits()).as(printed).contains(outcome.status());
    assertThat(command.says()).allSatisfy(words -> assertThat(printed).contains(words));
    assertThat(command.leaves())
        .allSatisfy(file -> assertThat(folder.resolve(file)).isNotEmptyFile());
  }
}
