package dev.alig.conformance.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.trained.TrainingJudge;
import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;

/**
 * An optimizer package in Python, which can be the oracle or the subject.
 *
 * <p>The module {@code alig-conformance-torch} has the implementation; see {@link PythonLoader}.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface PythonPackage extends Implementation {
  /** What the package consists of, and where it computes. */
  OracleFacts description();

  /** The check that numbers reach Python and come back unchanged. */
  Bridge bridge();

  /**
   * Asks the package a question that no case can ask; {@code alig_oracle/probes.py} defines them.
   *
   * @param bundled whether to ask the bundled package instead of this one
   * @throws OracleException if there is no such probe
   */
  JsonNode probe(String name, boolean bundled);

  /**
   * Compares models that a subject trains with models that this package trains.
   *
   * @param alive called between the parts of a case, which may take seconds each
   */
  TrainingJudge training(Runnable alive);

  /**
   * An optimizer of the paper's tables, in the same interpreter.
   *
   * @param name its name in {@code alig_oracle/baselines.py}, such as {@code adam}
   * @param algorithm its step
   * @throws OracleException if there is no such optimizer
   */
  Implementation baseline(String name, Algorithm algorithm);

  /** The folders in which Python finds {@code alig_oracle}. */
  List<Path> modulePath();

  /**
   * Checks that the oracle is not this same package.
   *
   * @throws IllegalArgumentException if it has the same code
   */
  default void requireOtherThan(PythonPackage oracle) {
    if (oracle.digest().equals(digest())) {
      throw new IllegalArgumentException(
          ("--subject python: the oracle has the same code (SHA-256 %s), which would be compared"
                  + " with itself; add --oracle exact or --oracle traces, or name another package"
                  + " with --package")
              .formatted(digest()));
    }
  }
}
