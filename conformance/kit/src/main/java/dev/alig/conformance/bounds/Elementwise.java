package dev.alig.conformance.bounds;

import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps of which each element depends on its own parameter, buffer and gradient alone. */
final class Elementwise {
  private Elementwise() {}

  static BoundedState next(
      Algorithm algorithm,
      StepCase scripted,
      BoundedState before,
      Step step,
      List<Bounded> stepSizes,
      Rounding rounding) {
    List<List<List<Bounded>>> parameters = new ArrayList<>();
    List<List<Optional<List<Bounded>>>> buffers = new ArrayList<>();
    for (int g = 0; g < scripted.groups().size(); g++) {
      List<List<Bounded>> groupParameters = new ArrayList<>();
      List<Optional<List<Bounded>>> groupBuffers = new ArrayList<>();
      Algorithm.Update update =
          algorithm.update(scripted, scripted.groups().get(g), stepSizes.get(g), rounding);
      for (int i = 0; i < before.parameters().get(g).size(); i++) {
        List<Bounded> p = before.parameters().get(g).get(i);
        Optional<List<Bounded>> v = before.buffers().get(g).get(i);
        Optional<Tensor> gradient = step.gradients().get(g).get(i);
        if (gradient.isEmpty()) {
          groupParameters.add(p);
          groupBuffers.add(v);
          continue;
        }
        List<Bounded> moved = new ArrayList<>(p.size());
        List<Bounded> buffer = new ArrayList<>(p.size());
        for (int e = 0; e < p.size(); e++) {
          int element = e;
          Bounded slope = rounding.given(gradient.get().get(e));
          Algorithm.Element next = update.next(p.get(e), v.map(old -> old.get(element)), slope);
          moved.add(next.parameter());
          next.buffer().ifPresent(buffer::add);
        }
        groupParameters.add(moved);
        groupBuffers.add(v.map(old -> buffer));
      }
      parameters.add(groupParameters);
      buffers.add(groupBuffers);
    }
    return new BoundedState(parameters, buffers);
  }
}
