package dev.alig.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.python.ChildProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A child process that answers lines of JSON with lines of JSON. */
final class JsonProcess implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_SECONDS = 5;

  private final String name;
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  /** Starts a process, which messages call by a name. */
  JsonProcess(String name, ProcessBuilder builder) {
    this.name = name;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started: " + e.getMessage(), e);
    }
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Sends a question and reads the answer.
   *
   * @throws UncheckedIOException if the process refuses it or has ended; the message says why
   */
  JsonNode ask(Object question) {
    try {
      questions.write(JSON.writeValueAsString(question));
      questions.write('\n');
      questions.flush();
    } catch (IOException e) {
      throw ended(e);
    }
    return read();
  }

  /** Reads one more answer; see {@link #ask}. */
  JsonNode read() {
    try {
      JsonNode answer = JSON.readTree(Objects.requireNonNullElse(answers.readLine(), ""));
      if (answer.has("error")) {
        throw new UncheckedIOException(
            name + ": " + answer.path("error").asText(), new IOException("a refusal"));
      }
      if (answer.isObject()) {
        return answer;
      }
      throw new IOException("the answer is no object");
    } catch (IOException e) {
      // A process that dies while it writes leaves part of an object.
      throw ended(e);
    }
  }

  private UncheckedIOException ended(IOException cause) {
    process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    String how =
        process.isAlive() ? "gave no sound answer" : "ended with status " + process.exitValue();
    return new UncheckedIOException(name + " " + how, cause);
  }

  @Override
  public void close() {
    ChildProcess.kill(process);
  }
}
