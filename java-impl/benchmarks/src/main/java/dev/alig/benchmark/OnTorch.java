package dev.alig.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The bundled {@code alig.th} in a Python process, which takes the time itself. */
final class OnTorch implements Stepper {
  /** What Python runs for it; {@code alig_oracle/benchmark.py}. */
  static final String MODULE = "alig_oracle.benchmark";

  private static final JsonMapper JSON = new JsonMapper();

  private final JsonProcess python;
  private final int id;

  OnTorch(JsonProcess python, Setting setting, int tensors) {
    this.python = python;
    ObjectNode asked =
        JSON.createObjectNode()
            .put("n", setting.n())
            .put("tensors", tensors)
            .put("dtype", "float" + 8 * setting.type().width())
            .put("momentum", Setting.MOMENTUM)
            .put("adjusted", false)
            .put("loss", setting.loss());
    if (setting.ball()) {
      asked.put("radius", setting.radius());
    } else {
      asked.putNull("radius");
    }
    id = python.ask(Map.of("ask", "open", "setting", asked)).path("id").intValue();
  }

  @Override
  public Slice run(double seconds) {
    JsonNode answer = python.ask(Map.of("ask", "run", "id", id, "seconds", seconds));
    return new Slice(answer.path("steps").longValue(), answer.path("seconds").doubleValue());
  }

  @Override
  public double[] parameters() {
    JsonNode answer = python.ask(Map.of("ask", "values", "id", id));
    return JSON.convertValue(answer.path("values"), double[].class);
  }

  @Override
  public void close() {
    python.ask(Map.of("ask", "close", "id", id));
  }
}
