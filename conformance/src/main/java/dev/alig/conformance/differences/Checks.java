package dev.alig.conformance.differences;

import java.util.Map;
import java.util.TreeMap;

/** The checks by the names of their entries. */
final class Checks {
  private Checks() {}

  /** All of them. */
  static Map<String, DifferenceCheck> all() {
    Map<String, DifferenceCheck> all = new TreeMap<>();
    add(all, TensorFlowChecks.all());
    add(all, OptionChecks.all());
    add(all, RoundingChecks.all());
    add(all, RangeChecks.all());
    add(all, KernelChecks.all());
    add(all, RefusalChecks.all());
    add(all, PackageChecks.all());
    return all;
  }

  private static void add(Map<String, DifferenceCheck> all, Map<String, DifferenceCheck> some) {
    some.forEach(
        (name, check) -> {
          if (all.put(name, check) != null) {
            throw new IllegalStateException("there are two checks of the name " + name);
          }
        });
  }
}
