package dev.alig.conformance.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The file of a worker's standard output and error. It may be long, and need not be text. */
record WorkerLog(Path file) {
  private static final int SOME_BYTES = 1 << 16;
  private static final int SHOWN = 12;
  private static final int SHOWN_WIDTH = 300;

  /** Characters that would move the cursor of a terminal, and bytes that are no character. */
  private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cntrl}\\uFFFD&&[^\\t]]+");

  /** The last lines, fit for a terminal, without the JVM's lines about a crash. */
  String tail() throws IOException {
    List<String> lines = lines(file).stream().filter(line -> !line.startsWith("#")).toList();
    return String.join(
        System.lineSeparator(), lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
  }

  /** Whether one of the last lines holds a text. */
  boolean mentions(String text) throws IOException {
    return lines(file).stream().anyMatch(line -> line.contains(text));
  }

  /** The lines of the first 64 KiB of a file; none if there is no such file. */
  static List<String> firstLines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return printable(stream.readNBytes(SOME_BYTES));
    }
  }

  /** The lines of the last 64 KiB of a file; none if there is no such file. */
  private static List<String> lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    byte[] tail;
    try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "r")) {
      tail = new byte[(int) Math.min(all.length(), SOME_BYTES)];
      all.seek(all.length() - tail.length);
      all.readFully(tail);
    }
    return printable(tail);
  }

  private static List<String> printable(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).lines().map(WorkerLog::printable).toList();
  }

  private static String printable(String line) {
    String text = NOT_PRINTABLE.matcher(line).replaceAll("�");
    return text.length() <= SHOWN_WIDTH ? text : text.substring(0, SHOWN_WIDTH) + "…";
  }
}
