package dev.alig.python;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A script that answers the probe as some Python would. */
final class FakePython {
  private final Map<String, String> facts = new LinkedHashMap<>();

  private FakePython() {}

  /** Returns one that has all that is needed. */
  static FakePython complete() {
    return new FakePython()
        .with("version", "3.12.1")
        .with("executable", "/fake/python3")
        .with("real", "/fake/python3.12")
        .with("base", "/fake")
        .with("venv", "False")
        .with("platform", "linux-x86_64")
        .with("ensurepip", "True")
        .with("libpython", "/fake/libpython3.12.so.1.0")
        .with("header", "/fake/Python.h")
        .with("cc", "gcc -pthread")
        .with("compiler", "/fake/gcc")
        .with("sites", "/fake/site-packages");
  }

  /** Returns one in a virtual environment with all packages. */
  static FakePython inEnvironment() {
    return complete()
        .with("venv", "True")
        .with("jep", "/fake/site-packages/jep/libjep.so")
        .with("package.torch", "2.15.0")
        .with("package.numpy", "2.4.6")
        .with("package.jep", "4.3.1");
  }

  FakePython with(String fact, String value) {
    facts.put(fact, value);
    return this;
  }

  FakePython without(String fact) {
    return with(fact, "");
  }

  /** Writes the script. */
  Path at(Path file) throws IOException {
    String answer =
        facts.entrySet().stream()
            .map(fact -> fact.getKey() + "=" + fact.getValue())
            .collect(joining("\n"));
    return script(file, "cat <<'END'\n" + answer + "\nEND\n");
  }

  /** Writes a virtual environment with the script as its interpreter. */
  Path atEnvironment(Path folder) throws IOException {
    at(Interpreters.executable(folder));
    Files.createFile(folder.resolve("pyvenv.cfg"));
    return folder;
  }

  static Path script(Path file, String body) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "#!/bin/sh\n" + body);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
    return file;
  }
}
