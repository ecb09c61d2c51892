package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.DISK_FULL;
import static dev.alig.python.EnvironmentException.Problem.NO_SUCH_VERSION;
import static dev.alig.python.EnvironmentException.Problem.REGISTRY_UNREACHABLE;
import static dev.alig.python.EnvironmentException.Problem.TOOL_FAILED;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the cause of a failed installation in pip's output. */
final class PipFailure {
  private static final Pattern NOT_FOUND =
      Pattern.compile(
          "Could not find a version that satisfies the requirement (\\S+).*"
              + "\\(from versions: (.*)\\)");
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "Retrying \\(Retry\\(|Could not fetch URL|ConnectionError|ConnectTimeout|ReadTimeout"
              + "|ProxyError|SSLError|Temporary failure in name resolution");
  private static final Pattern FULL = Pattern.compile("No space left on device|Errno 28");
  private static final int NEWEST = 8;

  private PipFailure() {}

  /**
   * Returns the error to report.
   *
   * @param doing what failed, as in "installing the packages"
   * @param log where the whole output is
   */
  static EnvironmentException of(String doing, Shell.Result result, Path log) {
    String output = String.join("\n", result.lines());
    if (FULL.matcher(output).find()) {
      return new EnvironmentException(
          DISK_FULL,
          doing + " failed: no space left on the disk; see " + log,
          "free about 9 GB there, or give -Dpython.cache=DIR on another disk");
    }
    Matcher notFound = NOT_FOUND.matcher(output);
    boolean found = notFound.find();
    if (UNREACHABLE.matcher(output).find() && !(found && hasVersions(notFound.group(2)))) {
      return new EnvironmentException(
          REGISTRY_UNREACHABLE,
          doing + " failed: the package registry does not answer; pip says\n" + result.tail(),
          "check the network, the proxy (https_proxy) and pip's configuration (pip config list),"
              + " or give -Dpython.env=DIR, an environment that has the packages");
    }
    if (found) {
      return noSuchVersion(notFound.group(1), notFound.group(2));
    }
    return new EnvironmentException(
        TOOL_FAILED,
        doing + " failed with exit status " + result.status() + "; pip says\n" + result.tail(),
        "the whole output is in " + log);
  }

  private static EnvironmentException noSuchVersion(String requirement, String versions) {
    String offered =
        hasVersions(versions) ? "; it offers " + newest(versions) : "; it offers none at all";
    return new EnvironmentException(
        NO_SUCH_VERSION,
        "the package registry has no " + requirement + " for this Python and platform" + offered,
        requirement.startsWith("torch")
            ? "give one of these as -Dtorch.version, or another interpreter as -Dpython"
            : "give another interpreter as -Dpython, or point pip at a registry that has it");
  }

  private static boolean hasVersions(String versions) {
    return !versions.isBlank() && !versions.equals("none");
  }

  private static String newest(String versions) {
    String[] all = versions.split(", ", -1);
    int from = Math.max(0, all.length - NEWEST);
    String listed = String.join(", ", java.util.Arrays.asList(all).subList(from, all.length));
    return from == 0 ? listed : "…, " + listed;
  }
}
