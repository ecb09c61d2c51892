package dev.alig.conformance.report.page;

import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.Report.RequirementResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A requirement that was not met.
 *
 * @param anchor its address on the page
 * @param subject the subject's name
 * @param facts its message, if that is a list of facts
 * @param message its message, if that is something else
 * @param replay the command that replays it, or an empty text
 * @param files the files in its folder
 */
record FailureView(
    String anchor,
    String subject,
    RequirementResult result,
    List<Page.Named> facts,
    String message,
    String replay,
    List<FileLink> files) {

  /** A file of the failure, and its address from the report. */
  record FileLink(String name, String href) {}

  private static final Pattern FACT = Pattern.compile("(\\S.*?) {2,}(.*)");
  private static final Pattern REPLAY = Pattern.compile("(?m)^\\s*replay\\s+(.+)$");

  static List<FailureView> of(Report report, Path folder) {
    List<FailureView> failures = new ArrayList<>();
    for (Report.Subject subject : report.subjects()) {
      subject.requirements().stream()
          .filter(RequirementResult::unmet)
          .forEach(result -> failures.add(of(failures.size(), subject.name(), result, folder)));
    }
    return failures;
  }

  private static FailureView of(int index, String subject, RequirementResult result, Path folder) {
    Matcher replay = REPLAY.matcher(result.message());
    String command = replay.find() ? replay.group(1).strip() : "";
    List<Page.Named> facts = facts(result.message());
    return new FailureView(
        "failure-" + index,
        subject,
        result,
        facts.stream().filter(fact -> !fact.name().equals("replay")).toList(),
        facts.isEmpty() ? result.message() : "",
        command,
        files(folder, subject + "-" + result.id()));
  }

  /** The facts of a message; none unless each of its lines is one. */
  static List<Page.Named> facts(String message) {
    List<Page.Named> facts = new ArrayList<>();
    for (String line : message.lines().toList()) {
      Matcher fact = FACT.matcher(line);
      if (!fact.matches()) {
        return List.of();
      }
      facts.add(new Page.Named(fact.group(1), fact.group(2)));
    }
    return facts;
  }

  private static List<FileLink> files(Path folder, String name) {
    Path kept = folder.resolve("failures").resolve(name);
    if (!Files.isDirectory(kept)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(kept)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .map(file -> new FileLink(file, href("failures/%s/%s".formatted(name, file))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the failures cannot be listed: " + kept, e);
    }
  }

  /** A path as a link; a name may hold characters that an address may not. */
  private static String href(String path) {
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no address can be made of " + path, e);
    }
  }
}
