package dev.alig.conformance.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the worker, or anything in it, printed; which may be much, and need not be text.
 *
 * @param file the file that its standard output and error go to
 */
record WorkerLog(Path file) {
  private static final int TAIL_BYTES = 1 << 16;
  private static final int SHOWN = 12;
  private static final int SHOWN_WIDTH = 300;

  /** What would move the cursor of a terminal, or is no character. */
  private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cntrl}\\uFFFD&&[^\\t]]+");

  /** The last lines, fit for a terminal. */
  String tail() throws IOException {
    List<String> lines = lines(file);
    return String.join(
        System.lineSeparator(), lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
  }

  /** Whether one of the last lines holds a text. */
  boolean mentions(String text) throws IOException {
    return lines(file).stream().anyMatch(line -> line.contains(text));
  }

  /** The lines of the last 64 KiB of a file; none if there is no such file. */
  static List<String> lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    byte[] tail;
    try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "r")) {
      tail = new byte[(int) Math.min(all.length(), TAIL_BYTES)];
      all.seek(all.length() - tail.length);
      all.readFully(tail);
    }
    return new String(tail, StandardCharsets.UTF_8).lines().map(WorkerLog::printable).toList();
  }

  private static String printable(String line) {
    String text = NOT_PRINTABLE.matcher(line).replaceAll("�");
    return text.length() <= SHOWN_WIDTH ? text : text.substring(0, SHOWN_WIDTH) + "…";
  }
}
