package dev.alig.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder of wheels with the names of the real packages and nothing in them. */
final class TinyIndex {
  private TinyIndex() {}

  static Path in(Path folder) throws IOException {
    Files.createDirectories(folder);
    wheel(folder, "torch", "2.15.0", "__init__.py");
    wheel(folder, "numpy", "2.4.6", "__init__.py");
    wheel(folder, "jep", "4.3.1", "libjep.so");
    return folder;
  }

  private static void wheel(Path folder, String name, String version, String file)
      throws IOException {
    String info = name + "-" + version + ".dist-info/";
    Map<String, String> files = new LinkedHashMap<>();
    files.put(name + "/" + file, "");
    files.put(
        info + "METADATA",
        "Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, version));
    files.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "RECORD", String.join(",,\n", files.keySet()) + ",,\n" + info + "RECORD,,\n");
    Path wheel = folder.resolve(name + "-" + version + "-py3-none-any.whl");
    try (OutputStream out = Files.newOutputStream(wheel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(UTF_8));
      }
    }
  }
}
