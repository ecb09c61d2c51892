package dev.alig.conformance.differences;

import static dev.alig.conformance.differences.Parties.ofProbes;
import static dev.alig.conformance.differences.Parties.ofProbesAndJava;
import static dev.alig.conformance.differences.Parties.ofProbesOfTorch;
import static dev.alig.conformance.differences.Parties.ofTorch;
import static dev.alig.conformance.differences.Parties.ofTorchAndJava;
import static dev.alig.conformance.differences.Parties.ofTorchAndTensorFlow;
import static dev.alig.conformance.differences.Parties.ofTraces;
import static java.util.Map.entry;

import java.util.Map;
import java.util.TreeMap;

/** The check of each known difference, by the entry's id. */
final class Checks {
  private Checks() {}

  /** All of them. */
  static Map<String, DifferenceCheck> all() {
    Map<String, DifferenceCheck> all =
        new TreeMap<>(
            Map.ofEntries(
                entry("negative-loss-with-cap", TensorFlowChecks::cappedNegativeLoss),
                entry(
                    "negative-loss-without-cap", ofTraces(TensorFlowChecks::uncappedNegativeLoss)),
                entry("tf-momentum-in-float32", ofTraces(TensorFlowChecks::momentumInFloat32)),
                entry("tf-flushes-denormals", ofTraces(TensorFlowChecks::flushesDenormals)),
                entry("tf-without-fma", ofTraces(TensorFlowChecks::withoutFma)),
                entry("java-stops-without-cap", ofTraces(OptionChecks::stopsWithoutCap)),
                entry("java-skips-non-finite", ofTorch(OptionChecks::skipsNonFinite)),
                entry("java-refuses-negative-loss", ofTorch(OptionChecks::refusesNegativeLoss)),
                entry("java-lower-bound", ofTorch(OptionChecks::subtractsLowerBound)),
                entry("float-or-tensor-loss", ofTorchAndJava(RoundingChecks::floatOrTensor)),
                entry("norm-of-many-elements", ofTorchAndJava(RoundingChecks::manyElements)),
                entry("norm-of-strided-elements", ofProbesOfTorch(RoundingChecks::strided)),
                entry("kernels-without-fma", ofTorch(RoundingChecks::withoutFma)),
                entry("products-in-tensorflow", ofTorchAndTensorFlow(RoundingChecks::products)),
                entry("projected-norm-above-radius", ofTorch(RoundingChecks::aboveRadius)),
                entry("half-types-in-the-remainder", ofProbesOfTorch(RoundingChecks::halfTypes)),
                entry("denormals-in-tensorflow", ofTorchAndTensorFlow(RangeChecks::denormals)),
                entry("norm-overflows-in-float32", ofTorch(RangeChecks::overflow)),
                entry("norm-underflows-in-float32", ofTorch(RangeChecks::underflow)),
                entry("zero-loss-over-a-denormal", ofTorchAndJava(RangeChecks::zeroOverDenormal)),
                entry("no-gradient-and-no-eps", ofTorchAndJava(RangeChecks::nothingToDivideBy)),
                entry("step-size-beyond-float32", ofProbesAndJava(RangeChecks::largeStep)),
                entry(
                    "step-times-momentum-beyond-float32",
                    ofProbesAndJava(RangeChecks::largeProduct)),
                entry("settings-without-meaning", ofProbesOfTorch(RefusalChecks::settings)),
                entry("nan-cap", ofProbesOfTorch(RefusalChecks::nanCap)),
                entry("mixed-types", RefusalChecks::mixedTypes),
                entry("momentum-made-at-the-first-step", ofProbes(PackageChecks::momentum)),
                entry("mean-of-step-sizes", ofProbes(PackageChecks::mean))));
    for (PackageChecks.Trap trap : PackageChecks.traps()) {
      if (all.put(trap.id(), ofProbes(trap::find)) != null) {
        throw new IllegalStateException("there are two checks of the name " + trap.id());
      }
    }
    return all;
  }
}
