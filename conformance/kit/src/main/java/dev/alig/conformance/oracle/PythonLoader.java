package dev.alig.conformance.oracle;

import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apiguardian.api.API;

/** Loads optimizer packages in Python; {@code alig-conformance-torch} has the only provider. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface PythonLoader {
  /**
   * Prepares Python and loads a package, as the system properties say.
   *
   * @param folder the folder that holds the package; empty for the bundled one
   * @throws OracleException if there is no such package or device, or it cannot be imported
   */
  PythonPackage load(Optional<Path> folder);

  /** The loader on the class path; empty without {@code alig-conformance-torch}. */
  static Optional<PythonLoader> find() {
    return ServiceLoader.load(PythonLoader.class).findFirst();
  }
}
