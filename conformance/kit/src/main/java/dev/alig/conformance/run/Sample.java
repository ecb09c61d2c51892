package dev.alig.conformance.run;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.model.StepCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apiguardian.api.API;

/**
 * The cases of an earlier run that run again. Every property draws all its cases again, and skips
 * those outside the sample.
 *
 * @param seed the seed of the choice
 * @param share the part of the cases to choose
 * @param cases the ids of further cases
 */
@API(status = INTERNAL, since = "0.1")
public record Sample(long seed, double share, Set<String> cases) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Checks the share and copies the set. */
  public Sample {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the share must be in [0, 1], was " + share);
    }
    cases = Set.copyOf(cases);
  }

  /** The random numbers of one property. */
  public SplittableRandom of(String subject, String property) {
    return new SplittableRandom(
        seed ^ ((long) subject.hashCode() << Integer.SIZE) ^ property.hashCode());
  }

  /**
   * Whether a try is in the sample.
   *
   * @param drawn the try's arguments; a try without arguments is never in the sample
   * @param random the property's random numbers, of which each try takes one
   */
  public boolean takes(List<Object> drawn, SplittableRandom random) {
    boolean chosen = random.nextDouble() < share;
    return !drawn.isEmpty() && (chosen || drawn.stream().anyMatch(this::isNamed));
  }

  private boolean isNamed(Object drawn) {
    return drawn instanceof StepCase scripted && cases.contains(scripted.id());
  }

  /** Hands the sample to the workers of a run. */
  public void write(Path out) throws IOException {
    Files.createDirectories(Folders.told(out));
    JSON.writeValue(file(out).toFile(), this);
  }

  /** The sample that was handed to the workers; empty if all cases run. */
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
    return Folders.told(out).resolve("sample.json");
  }
}
