package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.BRIDGE;

import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.oracle.BridgeCheck;
import java.util.Optional;
import java.util.function.ToLongBiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Claims about the way between Java and Python, which have no subject: a failure here is never the
 * optimizer's.
 */
interface BridgeProperties {
  @Property
  @Checks(BRIDGE)
  default void bitsComeBackFromPython(@ForAll("draws") long draw) {
    cross(draw, BridgeCheck::carriesEveryBit);
  }

  @Property
  @Checks(BRIDGE)
  default void javaAndPythonShareMemory(@ForAll("draws") long draw) {
    cross(draw, BridgeCheck::sharesMemory);
  }

  @Property
  @Checks(BRIDGE)
  default void casesWithoutStepsComeBack(@ForAll("draws") long draw) {
    cross(draw, BridgeCheck::returnsCases);
  }

  @Property
  @Checks(BRIDGE)
  default void threadsGetTheirOwnAnswers(@ForAll("draws") long draw) {
    cross(draw, BridgeCheck::servesEveryThread);
  }

  /** Seeds of draws. */
  @Provide
  default Arbitrary<Long> draws() {
    return Arbitraries.randomValue(random -> random.nextLong());
  }

  private static void cross(long draw, ToLongBiFunction<BridgeCheck, Long> check) {
    Optional<BridgeCheck> bridge = Gate.get().bridge();
    if (bridge.isPresent()) {
      Tally.current().passed(check.applyAsLong(bridge.get(), draw));
    } else {
      Tally.current().skip();
    }
  }
}
