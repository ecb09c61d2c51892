package example;

import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Rounding;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import java.util.Optional;

/**
 * What {@code torch.optim.SGD} with Nesterov momentum does: b ← μb + g, w ← w - γ(g + μb). The cap
 * of a group stands for its learning rate γ, and losses are not heard.
 */
final class SgdAlgorithm implements Algorithm {
  @Override
  public boolean isBitwise() {
    return true;
  }

  @Override
  public boolean flushes() {
    return false;
  }

  @Override
  public Bounded unclipped(StepCase scripted, Step step, Rounding rounding) {
    return Bounded.of(Double.POSITIVE_INFINITY);
  }

  @Override
  public Update update(StepCase scripted, Group group, Bounded stepSize, Rounding rounding) {
    Bounded descent = rounding.cast(stepSize).negated();
    Bounded mu = rounding.given(group.momentum());
    return (parameter, buffer, gradient) -> {
      Optional<Bounded> next = buffer.map(b -> rounding.timesPlus(mu, b, gradient));
      Bounded direction = next.map(b -> rounding.timesPlus(mu, b, gradient)).orElse(gradient);
      return new Element(rounding.timesPlus(direction, descent, parameter), next);
    };
  }
}
