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

/** A Python process that answers a line of JSON with another: {@code alig_oracle.benchmark}. */
public final class Twin implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

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

  /** A question to add to. */
  public static ObjectNode question(String ask) {
    return JSON.createObjectNode().put("ask", ask);
  }

  /**
   * The answer to a question.
   *
   * @throws IllegalStateException if the process refuses it or has ended; the message says why
   */
  public JsonNode ask(ObjectNode question) {
    return parse(exchange(question.toString()));
  }

  /** The line that answers a line. */
  public String exchange(String line) {
    try {
      questions.write(line);
      questions.write('\n');
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("the Python process has ended");
      }
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException("the Python process has ended", e);
    }
  }

  private static JsonNode parse(String answer) {
    try {
      JsonNode node = JSON.readTree(answer);
      if (node.has("error")) {
        throw new IllegalStateException("the Python process: " + node.path("error").asText());
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the Python process answered " + answer, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
