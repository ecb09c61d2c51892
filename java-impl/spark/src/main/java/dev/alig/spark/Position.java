package dev.alig.spark;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where a run is, and what it must have in common with the run that goes on from there. */
final class Position {
  private static final String FORMAT = "format";
  private static final String STEPS = "steps";
  private static final String CANARY = "canary";

  private Position() {}

  /** What must be the same. */
  private static Map<String, String> circumstances(EpochData data, Options options) {
    return Map.of(
        FORMAT,
        "1",
        "seed",
        Long.toString(options.seed()),
        "microBatchesPerStep",
        Integer.toString(options.microBatchesPerStep()),
        "number of micro-batches",
        Long.toString(data.distribution().microBatches()),
        "checksum of the data",
        Integer.toHexString(data.checksum()));
  }

  /** What a checkpoint holds beside the network. */
  static Map<String, String> facts(EpochData data, Options options, long steps, long canary) {
    Map<String, String> facts = new TreeMap<>(circumstances(data, options));
    facts.put(STEPS, Long.toString(steps));
    facts.put(CANARY, Long.toString(canary));
    return facts;
  }

  /**
   * Makes a network what it was when the run was saved.
   *
   * @return the number of steps of the run
   * @throws IllegalStateException if the runs do not fit together; the network has not changed then
   */
  static long restore(
      Checkpoints.Saved saved,
      Network network,
      EpochData data,
      Options options,
      Canaries canaries) {
    Map<String, String> facts = saved.facts();
    List<String> differences =
        circumstances(data, options).entrySet().stream()
            .filter(fact -> !fact.getValue().equals(facts.get(fact.getKey())))
            .map(
                fact ->
                    "%s was %s, is %s"
                        .formatted(fact.getKey(), facts.get(fact.getKey()), fact.getValue()))
            .sorted()
            .toList();
    if (!differences.isEmpty()) {
      throw different(String.join("; ", differences));
    }
    requireSameConfiguration(saved.network().json(), network.json());
    canaries.add(Long.parseLong(Objects.requireNonNull(facts.get(CANARY))), "the run before");
    network.model().params().assign(saved.network().model().params());
    saved.network().state().ifPresent(state -> copy(state, network));
    network.setCounts(saved.network().iterations(), saved.network().epochs());
    return Long.parseLong(Objects.requireNonNull(facts.get(STEPS)));
  }

  private static void copy(INDArray state, Network network) {
    network.state().orElseThrow().assign(state);
  }

  private static void requireSameConfiguration(String before, String now) {
    List<String> old = before.lines().toList();
    List<String> present = now.lines().toList();
    if (!old.equals(present)) {
      int line =
          IntStream.range(0, Math.min(old.size(), present.size()))
              .filter(i -> !old.get(i).equals(present.get(i)))
              .findFirst()
              .orElse(Math.min(old.size(), present.size()) - 1);
      throw different(
          "the network's configuration was \"%s\" in line %d of its JSON, is \"%s\""
              .formatted(old.get(line).strip(), line + 1, present.get(line).strip()));
    }
  }

  private static IllegalStateException different(String what) {
    return new IllegalStateException(
        "the checkpoint is of another run: %s; resume with what the run had, or use another folder"
            .formatted(what));
  }
}
