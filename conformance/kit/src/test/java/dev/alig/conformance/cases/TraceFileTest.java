package dev.alig.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.model.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
  @TempDir private Path folder;

  @Test
  void theKitShipsAllRecordedTraces() {
    List<Recorded> shipped = TraceFile.shipped();
    assertThat(shipped).filteredOn(r -> r.origin() == Origin.TH).hasSize(400);
    assertThat(shipped).filteredOn(r -> r.origin() == Origin.TF).hasSize(150);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = folder.resolve("case.jsonl");
    for (Recorded recorded : TraceFile.shipped().subList(0, 100)) {
      TraceFile.write(file, recorded, "alig.th");
      assertThat(TraceFile.read(file))
          .containsExactly(recorded.from(new Provenance("alig.th", "", "", "")));
    }
  }

  @Test
  void aMalformedLineIsNamed() throws IOException {
    Path file = folder.resolve("bad.jsonl");
    Files.write(file, List.of("{\"recorded_from\": \"alig.th\"}", "{\"id\": \"x\"}"));
    assertThatThrownBy(() -> TraceFile.read(file)).hasMessageContaining("bad.jsonl, line 2");
  }

  @Test
  void anEmptyFolderIsRefused() {
    assertThatThrownBy(() -> TraceFile.read(folder)).hasMessageContaining("no trace file");
  }
}
