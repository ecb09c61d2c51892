package dev.alig.conformance.reproduce;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.Difference.Finding;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.model.Place;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A finding as {@code finding.json} has it. Numbers are hexadecimal, so every bit survives.
 *
 * @param kernel the subject's kernel that failed; empty if all did
 * @param where the place in words
 * @param alig the folder of the {@code alig} package that was the oracle; empty for the bundled one
 */
record FindingFile(
    String requirement,
    String subject,
    String kernel,
    String where,
    @JsonUnwrapped Place place,
    String expected,
    String actual,
    String low,
    String high,
    @JsonProperty("asked_step") int askedStep,
    String alig) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  static FindingFile of(
      String requirement, String subject, String kernel, Finding finding, String alig) {
    return new FindingFile(
        requirement,
        subject,
        kernel,
        finding.place().toString(),
        finding.place(),
        TraceFile.hex(finding.expected()),
        TraceFile.hex(finding.actual()),
        TraceFile.hex(finding.low()),
        TraceFile.hex(finding.high()),
        finding.askedStep(),
        alig);
  }

  static FindingFile read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), FindingFile.class);
  }

  void write(Path file) throws IOException {
    JSON.writeValue(file.toFile(), this);
  }
}
