package dev.alig.conformance.run;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apiguardian.api.API;

/** A file of {@link Event}s, one JSON object per line, complete up to its last line at any time. */
@API(status = INTERNAL, since = "0.1")
public final class Journal implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private final BufferedWriter writer;

  private Journal(BufferedWriter writer) {
    this.writer = writer;
  }

  /** The journal of a report folder. */
  public static Path in(Path out) {
    return out.resolve("journal.jsonl");
  }

  /** Starts a new journal. */
  static Journal create(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new Journal(Files.newBufferedWriter(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the report folder cannot be written: " + file, e);
    }
  }

  /** Appends an event and hands it to the operating system. */
  synchronized void add(Event event) {
    try {
      writer.write(JSON.writerFor(Event.class).writeValueAsString(event));
      writer.newLine();
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be written", e);
    }
  }

  /** The event of a line. */
  public static Event read(String line) {
    try {
      return JSON.readValue(line, Event.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the journal has a malformed line: " + line, e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
