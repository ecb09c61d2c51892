package dev.alig.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A job without Spark. */
class JobRunTest {
  private static final byte[] PROGRAM =
      """
      class Program {
        public static void main(String[] arguments) throws Exception {
          java.nio.file.Files.writeString(java.nio.file.Path.of(arguments[0], "made"), "by it");
          System.out.println("said");
          System.exit(7);
        }
      }
      """
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void aProgramThatFailsIsAnAnswerWithAllItsFiles() throws Exception {
    PackedFolder given = new PackedFolder(new TreeMap<>());
    given.files().put("Program.java", PROGRAM);
    List<String> arguments =
        List.of(DriverProtocol.FOLDER + "/Program.java", DriverProtocol.FOLDER);
    Answer answer = new JobRun().call(new Job("first", new ArrayList<>(arguments), given));
    assertThat(answer.status()).isEqualTo(7);
    assertThat(answer.host()).isNotEmpty();
    assertThat(content(answer, "made")).isEqualTo("by it");
    Path log = DriverProtocol.log(Path.of(""), "first");
    assertThat(content(answer, log.toString())).contains("said");
  }

  private static String content(Answer answer, String file) {
    return new String(
        answer.left().files().getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
  }
}
