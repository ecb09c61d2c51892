package dev.alig.conformance.causes;

import dev.alig.MomentumForm;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Rounding;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import java.util.Optional;

/** How a step may move momentum and parameters. */
enum Moves {
  OURS(""),
  STANDARD("momentum form = standard"),
  ADJUSTED("momentum form = adjusted"),
  WITHOUT_MOMENTUM("momentum = 0"),
  OF_FIRST_GROUP("momentum = that of the first group"),
  HEAVY_BALL("the momentum alone moves the parameters, without a look-ahead"),
  OTHER_SIGN("the momentum is kept with the other sign"),
  DECAYING("the momentum decays where there is no gradient"),
  ASCENDING("steps go up the gradient");

  private final String words;

  Moves(String words) {
    this.words = words;
  }

  /** What is changed, in words; an empty text if nothing is. */
  String words() {
    return words;
  }

  /** The case with the changed setting. */
  StepCase of(StepCase c) {
    return switch (this) {
      case STANDARD -> Altered.form(c, MomentumForm.STANDARD);
      case ADJUSTED -> Altered.form(c, MomentumForm.ADJUSTED);
      case OF_FIRST_GROUP -> Altered.firstMomentum(c);
      case DECAYING -> Altered.withoutAbsent(c);
      case ASCENDING -> Altered.ascending(c);
      default -> c;
    };
  }

  /** The step with the changed operation. */
  Algorithm of(Algorithm ours) {
    return switch (this) {
      case WITHOUT_MOMENTUM, HEAVY_BALL, OTHER_SIGN -> new Changed(ours, this);
      default -> ours;
    };
  }

  private record Changed(Algorithm ours, Moves moves) implements Algorithm {
    @Override
    public boolean isBitwise() {
      return ours.isBitwise();
    }

    @Override
    public boolean flushes() {
      return ours.flushes();
    }

    @Override
    public Bounded unclipped(StepCase scripted, Step step, Rounding rounding) {
      return ours.unclipped(scripted, step, rounding);
    }

    @Override
    public Bounded stepSize(Bounded unclipped, Group group, DType dtype) {
      return ours.stepSize(unclipped, group, dtype);
    }

    @Override
    public Update update(StepCase scripted, Group group, Bounded stepSize, Rounding rounding) {
      Update update = ours.update(scripted, group, stepSize, rounding);
      boolean adjusted = scripted.form() == MomentumForm.ADJUSTED;
      Bounded pull = adjusted ? rounding.cast(stepSize) : Bounded.of(1);
      return (parameter, buffer, gradient) -> {
        boolean ignored = moves == WITHOUT_MOMENTUM;
        Optional<Bounded> used =
            ignored
                ? Optional.empty()
                : moves == OTHER_SIGN ? buffer.map(Bounded::negated) : buffer;
        Element next = update.next(parameter, used, gradient);
        if (buffer.isEmpty()) {
          return next;
        }
        return switch (moves) {
          case WITHOUT_MOMENTUM -> new Element(next.parameter(), buffer);
          case HEAVY_BALL ->
              new Element(
                  rounding.timesPlus(next.buffer().orElseThrow(), pull, parameter), next.buffer());
          default -> new Element(next.parameter(), next.buffer().map(Bounded::negated));
        };
      };
    }
  }
}
