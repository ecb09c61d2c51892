package dev.alig.conformance.oracle;

import org.apiguardian.api.API;

/** The Python optimizer cannot be constructed with a case's settings; the message is Python's. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RefusedSettingsException extends OracleException {
  private static final long serialVersionUID = 1L;

  public RefusedSettingsException(String message) {
    super("the Python package cannot construct the optimizer: " + message);
  }
}
