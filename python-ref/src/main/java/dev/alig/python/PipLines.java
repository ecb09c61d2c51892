package dev.alig.python;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shortens pip's output to what a person waiting wants to know. */
final class PipLines {
  /** Only what takes time: files of a megabyte or more. */
  private static final Pattern FETCHING =
      Pattern.compile("\\s*(Downloading|Using cached) (\\S+) (\\([0-9.]+ [MG]B\\)).*");

  private static final Pattern BUILDING =
      Pattern.compile("\\s*Building wheel for (\\S+) .*started.*");
  private static final Pattern INSTALLING = Pattern.compile("Installing collected packages: (.*)");
  private static final Pattern RETRYING = Pattern.compile(".*Retrying \\(Retry\\(total=(\\d+).*");

  private PipLines() {}

  /** Returns the short form of a line, or nothing if the line can be left out. */
  static Optional<String> shorten(String line) {
    Matcher fetching = FETCHING.matcher(line);
    if (fetching.matches()) {
      return Optional.of(
          fetching.group(1).toLowerCase(Locale.ROOT)
              + " "
              + fileName(fetching.group(2))
              + " "
              + fetching.group(3));
    }
    Matcher building = BUILDING.matcher(line);
    if (building.matches()) {
      return Optional.of("compiling " + building.group(1));
    }
    Matcher installing = INSTALLING.matcher(line);
    if (installing.matches()) {
      int packages = installing.group(1).split(",", -1).length;
      return Optional.of("unpacking " + packages + (packages == 1 ? " package" : " packages"));
    }
    Matcher retrying = RETRYING.matcher(line);
    return retrying.matches()
        ? Optional.of("the registry does not answer; tries left: " + retrying.group(1))
        : Optional.empty();
  }

  /** Returns a wheel's file name as far as its version: the rest names platforms. */
  private static String fileName(String address) {
    String file = address.substring(address.lastIndexOf('/') + 1);
    String[] parts = file.split("-", 3);
    return file.endsWith(".whl") && parts.length == 3 ? parts[0] + "-" + parts[1] : file;
  }
}
