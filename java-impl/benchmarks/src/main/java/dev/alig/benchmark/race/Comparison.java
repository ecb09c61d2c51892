package dev.alig.benchmark.race;

import dev.alig.benchmark.contender.Contender;
import java.util.Optional;

/** Two contenders whose times are divided, round by round. */
public enum Comparison {
  /** What torch takes of our time. */
  TORCH(Contender.TORCH, Contender.OURS),
  /** What we take of the memory's time. */
  PROBE(Contender.OURS, Contender.PROBE),
  /** The cost of a ball. */
  PROJECTION(Contender.OURS_BALL, Contender.OURS),
  /** What fusing gains. */
  OP_BY_OP(Contender.OP_BY_OP, Contender.OURS),
  /** What ND4J's users have. */
  NESTEROVS(Contender.NESTEROVS, Contender.OURS),
  /** The cost of Deeplearning4j's division. */
  DL4J(Contender.DL4J, Contender.OURS),
  /** Torch on many tensors. */
  MANY(Contender.TORCH_MANY, Contender.OURS_MANY),
  /** The cost of many tensors. */
  VIEWS(Contender.OURS_MANY, Contender.OURS),
  /** Torch against our graph. */
  TENSORFLOW(Contender.TORCH, Contender.OURS_TENSORFLOW),
  /** Our graph against the least there can be. */
  FLOOR(Contender.OURS_TENSORFLOW, Contender.TENSORFLOW_FLOOR);

  private final Contender above;
  private final Contender below;

  Comparison(Contender above, Contender below) {
    this.above = above;
    this.below = below;
  }

  /** The two, as a fraction. */
  public String label() {
    return above.label() + " / " + below.label();
  }

  /** The ratios of a race; none if one of the two did not take part. */
  public Optional<Quartiles> of(RaceResult race) {
    Optional<Timing> over = race.of(above);
    Optional<Timing> under = race.of(below);
    if (over.isEmpty() || under.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Quartiles.ofRatios(over.get().micros(), under.get().micros()));
  }
}
