package dev.alig.conformance.torch;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.oracle.PythonLoader;
import dev.alig.python.PythonEnvironment;
import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;

/** Loads packages into this process's Python; {@link TorchSettings} come from system properties. */
@API(status = INTERNAL, since = "0.1")
public final class TorchLoader implements PythonLoader {
  @Override
  public TorchOracle load(Optional<Path> folder) {
    PythonEnvironment python = PythonEnvironment.prepare(System.err);
    return TorchOracle.open(python, folder, TorchSettings.from(System.getProperties()));
  }
}
