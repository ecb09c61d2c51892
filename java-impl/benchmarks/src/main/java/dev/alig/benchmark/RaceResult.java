package dev.alig.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all contenders of a race took. */
record RaceResult(Setting setting, List<Timing> timings) {
  private static final List<Comparison> COMPARISONS =
      List.of(
          new Comparison(Contender.TORCH, Contender.OURS),
          new Comparison(Contender.OURS, Contender.PROBE),
          new Comparison(Contender.OURS_BALL, Contender.OURS),
          new Comparison(Contender.OP_BY_OP, Contender.OURS),
          new Comparison(Contender.OP_BY_OP, Contender.OURS_OPERATIONS),
          new Comparison(Contender.NESTEROVS, Contender.OURS),
          new Comparison(Contender.TORCH_MANY, Contender.OURS_MANY),
          new Comparison(Contender.OURS_MANY, Contender.OURS),
          new Comparison(Contender.TORCH, Contender.OURS_TENSORFLOW),
          new Comparison(Contender.TORCH, Contender.OURS_RESOURCE),
          new Comparison(Contender.OURS_TENSORFLOW, Contender.TENSORFLOW_FLOOR),
          new Comparison(Contender.OURS_RESOURCE, Contender.TENSORFLOW_FLOOR),
          new Comparison(Contender.TENSORFLOW_MOMENTUM, Contender.OURS_RESOURCE),
          new Comparison(Contender.TENSORFLOW_ADAM, Contender.OURS_RESOURCE));

  /**
   * What a contender took.
   *
   * @param micros µs per step, for each round
   */
  record Timing(Contender contender, List<Double> micros) {
    /** Median and quartiles. */
    @JsonProperty(access = Access.READ_ONLY)
    Quartiles quartiles() {
      return Quartiles.of(micros);
    }
  }

  /** Two contenders whose times are divided, round by round. */
  private record Comparison(Contender above, Contender below) {}

  /** A contender's timing, if it took part. */
  Optional<Timing> of(Contender contender) {
    return timings.stream().filter(timing -> timing.contender() == contender).findAny();
  }

  /** All ratios that its contenders have, by the labels of the two. */
  @JsonProperty(access = Access.READ_ONLY)
  Map<String, Quartiles> ratios() {
    Map<String, Quartiles> ratios = new LinkedHashMap<>();
    for (Comparison pair : COMPARISONS) {
      Optional<Timing> above = of(pair.above);
      Optional<Timing> below = of(pair.below);
      if (above.isPresent() && below.isPresent()) {
        ratios.put(
            pair.above.label() + " / " + pair.below.label(),
            Quartiles.ofRatios(above.get().micros(), below.get().micros()));
      }
    }
    return ratios;
  }
}
