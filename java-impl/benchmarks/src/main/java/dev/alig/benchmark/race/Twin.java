package dev.alig.benchmark.race;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Python process that answers a line of JSON with another: {@code alig_oracle.benchmark}. */
public final class Twin implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_SECONDS = 5;

  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  /**
   * Starts the process; its errors go where this one's go.
   *
   * @param python the interpreter
   * @param sources the folder of {@code alig} and {@code alig_oracle}
   */
  public Twin(Path python, Path sources) {
    ProcessBuilder builder =
        new ProcessBuilder(python.toString(), "-m", "alig_oracle.benchmark")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PYTHONPATH", sources.toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("the Python process cannot be started", e);
    }
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** An object to add to. */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** A question to add to. */
  public static ObjectNode question(String ask) {
    return object().put("ask", ask);
  }

  /**
   * The answer to a question.
   *
   * @throws IllegalStateException if the process refuses it or has ended; the message says why
   */
  public JsonNode ask(ObjectNode question) {
    JsonNode answer = parse(exchange(question.toString()));
    if (answer.has("error")) {
      throw new IllegalStateException("the Python process: " + answer.path("error").asText());
    }
    return answer;
  }

  /** A JSON list as numbers. */
  public static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.path(i).doubleValue();
    }
    return numbers;
  }

  private String exchange(String line) {
    try {
      questions.write(line);
      questions.write('\n');
      questions.flush();
      String answer = answers.readLine();
      // A process that dies while it writes leaves part of an object.
      if (answer == null || !answer.endsWith("}")) {
        throw ended();
      }
      return answer;
    } catch (IOException e) {
      throw ended();
    }
  }

  private IllegalStateException ended() {
    try {
      boolean known = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new IllegalStateException(
          "the Python process has ended"
              + (known ? " with status " + process.exitValue() : "; its status is unknown"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IllegalStateException("interrupted while the Python process ended", e);
    }
  }

  /**
   * A text of the process as JSON.
   *
   * @throws IllegalStateException if it is none
   */
  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the Python process answered " + text, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
