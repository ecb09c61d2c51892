package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an optimizer remembers from step to step, its parameters apart. */
record State<A>(Settings settings, long stepCount, List<GroupState<A>> groups) {
  record GroupState<A>(GroupSettings settings, List<Momentum<A>> momenta) {}

  /** The momentum of one parameter; no values stand for zeros. */
  record Momentum<A>(String name, List<Long> shape, int length, Optional<A> values) {
    Momentum<A> with(Optional<A> replacement) {
      return new Momentum<>(name, shape, length, replacement);
    }

    static <A> Momentum<A> of(Parameter<A> parameter) {
      List<Long> shape = Arrays.stream(parameter.shape()).boxed().toList();
      return new Momentum<>(parameter.name(), shape, parameter.length(), parameter.momentum());
    }
  }
}
