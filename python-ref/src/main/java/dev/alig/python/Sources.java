package dev.alig.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The Python packages of this module, in a folder that Python can read. */
final class Sources {
  private static final String ROOT = "python/";

  private Sources() {}

  /** Returns the version that requirements.txt pins a package to. */
  static String pinned(String name) {
    try (InputStream in = Sources.class.getResourceAsStream("/" + ROOT + "requirements.txt")) {
      if (in == null) {
        throw new IllegalStateException("requirements.txt is missing from the class path");
      }
      String all = new String(in.readAllBytes(), UTF_8);
      Matcher pin = Pattern.compile("(?m)^" + name + "==(\\S+)").matcher(all);
      return pin.find() ? pin.group(1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the folder: that of the classes, or one in the cache if they are in a jar. */
  static Path folder(Path cache) throws IOException {
    try {
      Path place =
          Path.of(Sources.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.isDirectory(place) ? place.resolve(ROOT) : unpacked(place, cache);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("this class is in no file", e);
    }
  }

  /** Several processes may do so at once: each file appears whole. */
  static Path unpacked(Path jar, Path cache) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> files =
          zip.stream()
              .filter(entry -> entry.getName().startsWith(ROOT) && !entry.isDirectory())
              .toList();
      String content =
          files.stream().map(entry -> entry.getName() + entry.getCrc()).collect(joining());
      UUID key = UUID.nameUUIDFromBytes(content.getBytes(UTF_8));
      Path folder = cache.resolve("sources-" + key);
      for (ZipEntry entry : files) {
        Path file = folder.resolve(entry.getName().substring(ROOT.length()));
        if (!Files.exists(file)) {
          Path parent = Files.createDirectories(file.resolveSibling(""));
          Path draft = Files.createTempFile(parent, "draft", "");
          Files.write(draft, zip.getInputStream(entry).readAllBytes());
          Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      return folder;
    }
  }
}
