package dev.alig.conformance.run;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.cases.CaseBytes;
import dev.alig.conformance.model.StepCase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A file that holds the case being judged, so that it is known if the process dies.
 *
 * <p>Each case overwrites the one before with one write, which the operating system keeps when the
 * process dies. A write takes some 10 µs, judging a case milliseconds. Layout: a number that grows
 * with each case, the length of the case, the case.
 */
@API(status = INTERNAL, since = "0.1")
public final class CaseInProgress {
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  private final FileChannel channel;
  private long number;

  private CaseInProgress(FileChannel channel) {
    this.channel = channel;
  }

  /** The file in a report folder. */
  public static Path in(Path out) {
    return out.resolve("under-way.bin");
  }

  /** Starts a new file without a case. */
  static CaseInProgress create(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      CaseInProgress underWay =
          new CaseInProgress(FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE));
      underWay.clear();
      return underWay;
    } catch (IOException e) {
      throw new UncheckedIOException("the report folder cannot be written: " + file, e);
    }
  }

  /** Notes the case that is judged next. */
  synchronized void note(StepCase scripted) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CaseBytes.write(scripted, new DataOutputStream(bytes));
      write(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("the case under way cannot be written down", e);
    }
  }

  /** Notes that no case is being judged. */
  synchronized void clear() {
    try {
      write(new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("the case under way cannot be written down", e);
    }
  }

  private void write(byte[] scripted) throws IOException {
    number++;
    ByteBuffer all = ByteBuffer.allocate(HEADER + scripted.length);
    all.putLong(number).putInt(scripted.length).put(scripted).flip();
    for (long position = 0; all.hasRemaining(); ) {
      position += channel.write(all, position);
    }
  }

  /** A number that changes with each case. */
  public static long number(Path file) throws IOException {
    byte[] header = head(file, Long.BYTES);
    return header.length < Long.BYTES ? 0 : ByteBuffer.wrap(header).getLong();
  }

  /** The case that was being judged when the process died; empty if there was none. */
  public static Optional<StepCase> read(Path file) throws IOException {
    byte[] all = head(file, Integer.MAX_VALUE);
    int length = all.length < HEADER ? 0 : ByteBuffer.wrap(all).getInt(Long.BYTES);
    if (length == 0 || all.length < HEADER + length) {
      return Optional.empty();
    }
    ByteArrayInputStream scripted = new ByteArrayInputStream(all, HEADER, length);
    return Optional.of(CaseBytes.read(new DataInputStream(scripted)));
  }

  private static byte[] head(Path file, int bytes) throws IOException {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (var stream = Files.newInputStream(file)) {
      return stream.readNBytes(bytes);
    }
  }
}
