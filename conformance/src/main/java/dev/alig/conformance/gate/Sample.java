package dev.alig.conformance.gate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.Scripted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Which of a run's cases are run again. Every property draws all of its cases, so that they are the
 * run's, and lets most of them pass by.
 *
 * @param seed what the choice follows from
 * @param share how large a part is chosen
 * @param cases the ids of cases that are taken in any case
 */
public record Sample(long seed, double share, Set<String> cases) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Checks the share and copies the set. */
  public Sample {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the share must be in [0, 1], was " + share);
    }
    cases = Set.copyOf(cases);
  }

  /** The source of chance of one property. */
  public SplittableRandom of(String subject, String property) {
    return new SplittableRandom(
        seed ^ ((long) subject.hashCode() << Integer.SIZE) ^ property.hashCode());
  }

  /**
   * Whether a try is in the sample.
   *
   * @param drawn what the try was given; one without is no draw, and is not taken
   * @param random the property's, which moves on by one number
   */
  public boolean takes(List<Object> drawn, SplittableRandom random) {
    boolean chosen = random.nextDouble() < share;
    return !drawn.isEmpty() && (chosen || drawn.stream().anyMatch(this::isNamed));
  }

  private boolean isNamed(Object drawn) {
    return drawn instanceof Scripted scripted && cases.contains(scripted.id());
  }

  /** Tells the workers of a run. */
  public void write(Path out) throws IOException {
    Files.createDirectories(Gate.workers(out));
    JSON.writeValue(file(out).toFile(), this);
  }

  /** What the workers of a run were told; empty where they run all cases. */
  static Optional<Sample> read(Path out) {
    try {
      return Files.exists(file(out))
          ? Optional.of(JSON.readValue(file(out).toFile(), Sample.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the sample cannot be read: " + file(out), e);
    }
  }

  private static Path file(Path out) {
    return Gate.workers(out).resolve("sample.json");
  }
}
