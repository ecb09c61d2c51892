package dev.alig.python;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where a user's programs keep what they can make again. */
final class CacheFolder {
  private CacheFolder() {}

  /**
   * Returns {@code alig-jvm/python} in the user's cache folder: {@code %LOCALAPPDATA%} on Windows,
   * {@code ~/Library/Caches} on macOS, else {@code $XDG_CACHE_HOME} or {@code ~/.cache}.
   *
   * @param os the value of {@code os.name}
   * @param userHome the value of {@code user.home}
   */
  static Path of(String os, String userHome, Map<String, String> variables) {
    return root(os.toLowerCase(Locale.ROOT), Path.of(userHome), variables)
        .resolve("alig-jvm")
        .resolve("python");
  }

  private static Path root(String os, Path home, Map<String, String> variables) {
    if (os.startsWith("windows")) {
      return named("LOCALAPPDATA", variables, home.resolve("AppData").resolve("Local"));
    }
    if (os.startsWith("mac")) {
      return home.resolve("Library").resolve("Caches");
    }
    return named("XDG_CACHE_HOME", variables, home.resolve(".cache"));
  }

  private static Path named(String variable, Map<String, String> variables, Path otherwise) {
    String value = variables.getOrDefault(variable, "");
    return value.isBlank() ? otherwise : Path.of(value);
  }
}
