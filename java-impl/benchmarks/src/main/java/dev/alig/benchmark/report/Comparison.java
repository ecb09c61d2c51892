package dev.alig.benchmark.report;

import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.race.RaceResult;
import dev.alig.benchmark.race.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two contenders whose times are divided, round by round. */
enum Comparison {
  TORCH(Contender.TORCH, Contender.OURS),
  PROBE(Contender.OURS, Contender.PROBE),
  PROJECTION(Contender.OURS_BALL, Contender.OURS),
  OP_BY_OP(Contender.OP_BY_OP, Contender.OURS),
  NESTEROVS(Contender.NESTEROVS, Contender.OURS),
  DL4J(Contender.DL4J, Contender.OURS),
  MANY(Contender.TORCH_MANY, Contender.OURS_MANY),
  VIEWS(Contender.OURS_MANY, Contender.OURS),
  TENSORFLOW(Contender.TORCH, Contender.OURS_TENSORFLOW),
  FLOOR(Contender.OURS_TENSORFLOW, Contender.TENSORFLOW_FLOOR);

  private final Contender above;
  private final Contender below;

  Comparison(Contender above, Contender below) {
    this.above = above;
    this.below = below;
  }

  String label() {
    return above.label() + " / " + below.label();
  }

  /** The ratios of a race; none if one of the two did not take part. */
  Optional<Quartiles> of(RaceResult race) {
    Optional<Timing> over = race.of(above);
    Optional<Timing> under = race.of(below);
    if (over.isEmpty() || under.isEmpty()) {
      return Optional.empty();
    }
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < over.get().micros().size(); round++) {
      ratios.add(over.get().micros().get(round) / under.get().micros().get(round));
    }
    return Optional.of(Quartiles.of(ratios));
  }
}
