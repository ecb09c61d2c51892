package dev.alig.conformance.properties;

import dev.alig.conformance.KernelName;
import dev.alig.conformance.Variants;
import dev.alig.conformance.run.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How many cases each kernel of a subject was judged on, and which kernel failed. */
final class KernelCounts {
  private final Map<KernelName, Long> cases = new LinkedHashMap<>();
  private Optional<KernelName> failed = Optional.empty();

  void add(EveryKernel.Judged judged) {
    Set<KernelName> all = new LinkedHashSet<>(judged.passed());
    judged.failed().ifPresent(all::add);
    all.forEach(kernel -> cases.merge(kernel, 1L, Long::sum));
    failed = judged.failed();
  }

  List<Event.JudgedKernel> of(Variants variants) {
    List<Event.JudgedKernel> all = new ArrayList<>();
    cases.forEach(
        (kernel, number) -> {
          boolean differs = failed.equals(Optional.of(kernel));
          all.add(
              new Event.JudgedKernel(
                  kernel.name(), kernel.vectorBits(), kernel.threads(), number, differs, ""));
        });
    variants
        .notRun()
        .forEach((name, why) -> all.add(new Event.JudgedKernel(name, 0, 0, 0, false, why)));
    return all;
  }
}
