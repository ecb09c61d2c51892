package dev.alig.conformance.coverage;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** The pairs of levels that cannot meet; {@code impossible-pairs.yaml} lists them with reasons. */
@API(status = INTERNAL, since = "0.1")
public final class ImpossiblePairs {
  private static final Map<Pair, String> REASONS = read();

  private ImpossiblePairs() {}

  private record Entry(Level level, List<Level> with, String because) {}

  /** Why each impossible pair is impossible. */
  public static Map<Pair, String> reasons() {
    return REASONS;
  }

  /** All pairs but the impossible ones. */
  public static Set<Pair> others() {
    return Pair.all().stream()
        .filter(pair -> !REASONS.containsKey(pair))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Map<Pair, String> read() {
    try (InputStream yaml = ImpossiblePairs.class.getResourceAsStream("impossible-pairs.yaml")) {
      Map<Pair, String> reasons = new LinkedHashMap<>();
      for (Entry entry : new YAMLMapper().readValue(yaml, new TypeReference<List<Entry>>() {})) {
        for (Level other : entry.with()) {
          reasons.put(Pair.of(entry.level(), other), entry.because());
        }
      }
      return Map.copyOf(reasons);
    } catch (IOException e) {
      throw new UncheckedIOException("impossible-pairs.yaml cannot be read", e);
    }
  }
}
