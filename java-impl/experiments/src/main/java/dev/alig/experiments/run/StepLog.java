package dev.alig.experiments.run;

import dev.alig.experiments.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code steps.csv}: one line per step. A resumed run truncates it to its length at the checkpoint.
 */
final class StepLog implements AutoCloseable {
  private static final int ENOUGH = 1 << 16;

  private final FileChannel file;
  private final StringBuilder lines = new StringBuilder();

  private StepLog(FileChannel file) {
    this.file = file;
  }

  /** Opens a log and truncates it to the length that a checkpoint gives. */
  static StepLog open(Path path, long kept) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.size() < kept) {
        throw new IOException(
            "%s has %d bytes, but its checkpoint counts on %d; delete both to start again"
                .formatted(path, file.size(), kept));
      }
      file.truncate(kept);
      file.position(kept);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return new StepLog(file);
  }

  /** Adds a step; numbers count from 1. */
  void add(long number, Step step) throws IOException {
    Map<String, Double> values = Progress.values(step);
    if (number == 1) {
      lines.append("step,").append(String.join(",", values.keySet())).append('\n');
    }
    String line = values.values().stream().map(String::valueOf).collect(Collectors.joining(","));
    lines.append(number).append(',').append(line).append('\n');
    if (lines.length() > ENOUGH) {
      flush();
    }
  }

  /** Writes everything to the disk, and returns the length of the file. */
  long sync() throws IOException {
    flush();
    file.force(false);
    return file.position();
  }

  private void flush() throws IOException {
    ByteBuffer bytes = StandardCharsets.US_ASCII.encode(lines.toString());
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    lines.setLength(0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
