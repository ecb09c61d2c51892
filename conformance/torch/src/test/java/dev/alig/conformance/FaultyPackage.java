package dev.alig.conformance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes folders that hold a faulty {@code alig} package; see {@code faulty/alig/__init__.py}. */
public final class FaultyPackage {
  private static final List<String> FILES =
      List.of(
          "alig/__init__.py",
          "alig/th/__init__.py",
          "alig/th/bridge_faults.py",
          "alig/th/step_faults.py");

  private FaultyPackage() {}

  /**
   * Writes the package with its plan into a folder.
   *
   * @param bridge the spoiling of the bridge, or {@code none}
   * @param steps for a number of a step, counted from 1 over the process, the fault it has
   */
  public static Path write(Path folder, String bridge, Map<Integer, String> steps)
      throws IOException {
    for (String name : FILES) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (InputStream stream = FaultyPackage.class.getResourceAsStream("faulty/" + name)) {
        Files.write(file, Objects.requireNonNull(stream, name).readAllBytes());
      }
    }
    ObjectNode plan = new JsonMapper().createObjectNode().put("bridge", bridge);
    ArrayNode list = plan.putArray("steps");
    steps.forEach((number, fault) -> list.addArray().add(number).add(fault));
    Files.writeString(folder.resolve("faults.json"), plan.toString());
    return folder;
  }
}
