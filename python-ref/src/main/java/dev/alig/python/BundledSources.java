package dev.alig.python;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The Python packages in this module's jar, unpacked into the cache for Python to read. */
final class BundledSources {
  private static final String ROOT = "/python";
  private static final List<String> PACKAGES = List.of("alig", "alig_oracle");

  private BundledSources() {}

  /** Returns a folder that holds {@code alig} and {@code alig_oracle}, as they are in the jar. */
  static Path unpack(Path cache, Progress progress) throws IOException {
    Map<String, byte[]> files = read();
    Digest digest = new Digest();
    files.forEach((name, content) -> digest.add(name).add(content));
    String key = "sources-" + digest.hex();
    return new OnceBuilt(
            cache.resolve(key), cache.resolve(key + ".lock"), "the Python sources", progress)
        .get(
            folder -> files.keySet().stream().allMatch(name -> Files.exists(folder.resolve(name))),
            folder -> write(files, folder));
  }

  private static void write(Map<String, byte[]> files, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.write(target, file.getValue());
    }
  }

  /** Returns content by path under the root, in the order of the paths. */
  private static Map<String, byte[]> read() throws IOException {
    URL requirements = BundledSources.class.getResource(ROOT + "/requirements.txt");
    if (requirements == null) {
      throw new IllegalStateException("python/requirements.txt is missing from the class path");
    }
    try {
      if (!(requirements.openConnection() instanceof JarURLConnection inside)) {
        return read(Path.of(requirements.toURI()).resolveSibling(""));
      }
      // By path, since the file system of a jar's URI exists once a process: a second thread that
      // prepares the environment could not open it.
      Path file = Path.of(inside.getJarFileURL().toURI());
      try (FileSystem jar = FileSystems.newFileSystem(file)) {
        return read(jar.getPath(ROOT));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("unreadable class path entry " + requirements, e);
    }
  }

  private static Map<String, byte[]> read(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : PACKAGES) {
      try (Stream<Path> inside = Files.walk(root.resolve(name))) {
        for (Path file : inside.filter(Files::isRegularFile).toList()) {
          files.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }
}
