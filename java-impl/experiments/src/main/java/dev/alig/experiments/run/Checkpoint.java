package dev.alig.experiments.run;

import dev.alig.experiments.InputException;
import dev.alig.experiments.Snapshot;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * All that a run needs to resume, in a zip file whose checksums show damage.
 *
 * @param identity the run's identity
 * @param progress how far the run has come
 * @param logBytes the length of its step log, in bytes
 * @param current the training's state
 * @param best the state after the best epoch, if one was validated
 */
record Checkpoint(
    Identity identity,
    Progress progress,
    long logBytes,
    Snapshot current,
    Optional<Snapshot> best) {
  private static final String HEADER = "checkpoint.json";
  private static final String CURRENT = "current/";
  private static final String BEST = "best/";

  /** The first entry, which lists the other entries. */
  private record Header(
      Identity identity, Progress progress, long logBytes, Map<String, Integer> arrays) {}

  /**
   * Writes a temporary file beside the file, then renames it, so that the file is always complete.
   *
   * @throws IOException if there is no room; the file is unchanged then
   */
  void write(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileOutputStream raw = new FileOutputStream(beside.toFile())) {
        OutputStream buffered = new BufferedOutputStream(raw, 1 << 16);
        ZipOutputStream zip = new ZipOutputStream(buffered);
        writeEntries(zip);
        zip.finish();
        buffered.flush();
        raw.getFD().sync();
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(beside);
      throw e;
    }
  }

  private void writeEntries(ZipOutputStream zip) throws IOException {
    // Parameters look random, so they do not compress.
    zip.setLevel(Deflater.NO_COMPRESSION);
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    current.arrays().forEach((name, bytes) -> arrays.put(CURRENT + name, bytes));
    best.ifPresent(b -> b.arrays().forEach((name, bytes) -> arrays.put(BEST + name, bytes)));
    Map<String, Integer> lengths = new LinkedHashMap<>();
    arrays.forEach((name, bytes) -> lengths.put(name, bytes.length));
    Header header = new Header(identity, progress, logBytes, lengths);
    write(zip, HEADER, Json.MAPPER.writeValueAsBytes(header));
    for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
      write(zip, array.getKey(), array.getValue());
    }
  }

  private static void write(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is damaged
   */
  static Checkpoint read(Path file) throws InputException {
    try (ZipInputStream zip =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      ZipEntry first = zip.getNextEntry();
      if (first == null || !first.getName().equals(HEADER)) {
        throw new IOException("it does not begin with " + HEADER);
      }
      Header header = Json.MAPPER.readValue(zip.readAllBytes(), Header.class);
      Map<String, byte[]> current = new TreeMap<>();
      Map<String, byte[]> best = new TreeMap<>();
      for (Map.Entry<String, Integer> array : header.arrays.entrySet()) {
        String name = array.getKey();
        ZipEntry entry = zip.getNextEntry();
        byte[] bytes = entry == null ? new byte[0] : zip.readAllBytes();
        if (entry == null || !entry.getName().equals(name) || bytes.length != array.getValue()) {
          throw new IOException("it lacks " + name + ", or a part of it");
        }
        boolean isBest = name.startsWith(BEST);
        (isBest ? best : current).put(name.substring((isBest ? BEST : CURRENT).length()), bytes);
      }
      return new Checkpoint(
          header.identity,
          header.progress,
          header.logBytes,
          new Snapshot(current),
          best.isEmpty() ? Optional.empty() : Optional.of(new Snapshot(best)));
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "%s is damaged (%s); delete it, and the run starts again".formatted(file, line(e)), e);
    }
  }

  private static String line(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
