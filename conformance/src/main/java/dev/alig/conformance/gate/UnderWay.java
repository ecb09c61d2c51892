package dev.alig.conformance.gate;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.CaseBytes;
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
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that holds the case being judged, so that it is known after the process has died.
 *
 * <p>Each case overwrites the one before with one write to the operating system, which keeps it
 * whatever becomes of the process. That costs some 10 µs, where judging a case takes milliseconds.
 * Layout: a number that grows with every case, the length of what follows, the case.
 */
public final class UnderWay {
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  private final FileChannel channel;
  private long number;

  private UnderWay(FileChannel channel) {
    this.channel = channel;
  }

  /** The file in a report folder. */
  public static Path in(Path out) {
    return out.resolve("under-way.bin");
  }

  /** Starts a new file, with no case under way. */
  static UnderWay create(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      UnderWay underWay =
          new UnderWay(
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE));
      underWay.clear();
      return underWay;
    } catch (IOException e) {
      throw new UncheckedIOException("the report folder cannot be written: " + file, e);
    }
  }

  /** Says that a case is about to be judged. */
  synchronized void note(Scripted scripted) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CaseBytes.write(scripted, new DataOutputStream(bytes));
      write(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("the case under way cannot be written down", e);
    }
  }

  /** Says that no case is being judged. */
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

  /** A number that has changed if a case was begun since it was last asked for. */
  public static long number(Path file) throws IOException {
    byte[] header = head(file, Long.BYTES);
    return header.length < Long.BYTES ? 0 : ByteBuffer.wrap(header).getLong();
  }

  /** The case that was under way when the process that wrote the file died; empty if none was. */
  public static Optional<Scripted> read(Path file) throws IOException {
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
