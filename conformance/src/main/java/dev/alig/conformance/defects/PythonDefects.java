package dev.alig.conformance.defects;

import dev.alig.conformance.defects.Defect.Kind;
import dev.alig.conformance.oracle.DefectivePython;
import dev.alig.conformance.oracle.TorchOracle;
import java.util.List;

/**
 * The part of the catalogue that is written in Python: see {@code alig_oracle/defects}.
 *
 * @param control the sound optimizer that the others are derived from
 * @param all the defective ones
 */
record PythonDefects(Defect control, List<Defect> all) {
  /** Those that the interpreter of an oracle can run. */
  static PythonDefects in(TorchOracle oracle) {
    List<Defect> found = oracle.defects().stream().map(d -> defect(oracle, d)).toList();
    return new PythonDefects(found.get(0), found.subList(1, found.size()));
  }

  private static Defect defect(TorchOracle oracle, DefectivePython python) {
    return new Defect(
        Kind.PYTHON.named(python.name()), Kind.PYTHON, python.description(), oracle.with(python));
  }
}
