package dev.alig.benchmark.race;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.MomentumForm;
import dev.alig.benchmark.contender.Setting;
import java.util.Optional;

/** {@code alig.th} in the Python process, which takes the time itself. */
final class InPython implements Competitor {
  private final Twin twin;
  private final int id;

  InPython(Twin twin, Setting setting, int tensors) {
    this.twin = twin;
    ObjectNode question = Twin.question("open");
    ObjectNode node = question.putObject("setting");
    node.put("n", setting.n());
    node.put("tensors", tensors);
    node.put("dtype", setting.dtype().torchName());
    node.put("momentum", setting.momentum().factor());
    node.put("adjusted", setting.momentum().form().equals(Optional.of(MomentumForm.ADJUSTED)));
    if (setting.ball()) {
      node.put("radius", setting.radius());
    } else {
      node.putNull("radius");
    }
    node.put("loss", setting.loss());
    id = twin.ask(question).path("id").intValue();
  }

  @Override
  public Slice run(double seconds) {
    JsonNode answer = twin.ask(Twin.question("run").put("id", id).put("seconds", seconds));
    return new Slice(answer.path("steps").longValue(), answer.path("seconds").doubleValue());
  }

  /** All parameters as they are now. */
  double[] parameters() {
    return Twin.numbers(twin.ask(Twin.question("values").put("id", id)).path("values"));
  }

  @Override
  public void close() {
    twin.ask(Twin.question("close").put("id", id));
  }
}
