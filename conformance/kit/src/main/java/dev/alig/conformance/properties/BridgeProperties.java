package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.BRIDGE;

import dev.alig.conformance.oracle.Bridge;
import java.util.Optional;
import java.util.function.ToLongBiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Claims about the way between Java and Python. A failure here is never the optimizer's. */
interface BridgeProperties extends SubjectProperties {
  @Property
  @Checks(BRIDGE)
  default void bitsComeBackFromPython(@ForAll("randomSeeds") long seed) {
    holds(Bridge::carriesEveryBit, seed);
  }

  @Property
  @Checks(BRIDGE)
  default void javaAndPythonShareMemory(@ForAll("randomSeeds") long seed) {
    holds(Bridge::sharesMemory, seed);
  }

  @Property
  @Checks(BRIDGE)
  default void casesWithoutStepsComeBack(@ForAll("randomSeeds") long seed) {
    holds(Bridge::returnsCases, seed);
  }

  @Property
  @Checks(BRIDGE)
  default void threadsGetTheirOwnAnswers(@ForAll("randomSeeds") long seed) {
    holds(Bridge::servesEveryThread, seed);
  }

  private void holds(ToLongBiFunction<Bridge, Long> check, long seed) {
    Optional<Bridge> bridge = conformanceRun().bridge();
    if (bridge.isPresent()) {
      PropertyStatistics.current().passed(check.applyAsLong(bridge.get(), seed));
    } else {
      PropertyStatistics.current().skip();
    }
  }
}
