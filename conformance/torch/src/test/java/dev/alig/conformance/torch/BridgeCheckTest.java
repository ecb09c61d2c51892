package dev.alig.conformance.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.FaultyPackage;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.oracle.OracleException;
import dev.alig.conformance.torch.BridgeFormat.Kind;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The null test of the bridge passes, and fails on each defect that a bridge may have. */
class BridgeCheckTest {
  /** Enough for every pair of format and kind of number; see the test of the draws. */
  private static final int DRAWS = 200;

  private static PythonEnvironment environment;

  @TempDir private Path folder;

  @BeforeAll
  static void prepare() {
    environment = PythonEnvironment.prepare(System.err);
  }

  /** The interpreter is the only one of the process; others find its bridge as it was. */
  @AfterAll
  static void mend(@TempDir Path sound) throws IOException {
    TorchOracle.open(environment, Optional.of(FaultyPackage.write(sound, "none", Map.of())));
    TorchOracle.open(environment, Optional.empty());
  }

  private TorchOracle oracle(String bridge) throws IOException {
    Path faulty = FaultyPackage.write(folder, bridge, Map.of());
    return TorchOracle.open(environment, Optional.of(faulty));
  }

  private enum Checks {
    BITS,
    MEMORY,
    CASES,
    THREADS;

    long run(BridgeCheck bridge) {
      long compared = 0;
      for (long seed = 0; seed < DRAWS; seed++) {
        compared += run(bridge, seed);
      }
      return compared;
    }

    private long run(BridgeCheck bridge, long seed) {
      return switch (this) {
        case BITS -> bridge.carriesEveryBit(seed);
        case MEMORY -> bridge.sharesMemory(seed);
        case CASES -> bridge.returnsCases(seed);
        case THREADS -> bridge.servesEveryThread(seed);
      };
    }
  }

  @Test
  void theBridgeIsTheIdentity() throws IOException {
    BridgeCheck bridge = oracle("none").bridge();
    for (Checks check : Checks.values()) {
      assertThat(check.run(bridge)).as(check.name()).isGreaterThan(DRAWS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "swap_bytes_both_ways,        BITS,   Python reads other bits than Java wrote",
    "swap_bytes_on_the_way_out,   BITS,   the bridge changes bits",
    "swap_bytes_on_the_way_out,   CASES,  a case without steps changes numbers",
    "lose_strides,                BITS,   the bridge changes bits",
    "drop_payloads,               BITS,   the bridge changes bits",
    "drop_payloads,               CASES,  a case without steps changes numbers",
    "quiet_signalling_nans,       BITS,   the bridge changes bits",
    "quiet_signalling_nans,       CASES,  a case without steps changes numbers",
    "flush_denormals,             BITS,   the bridge changes bits",
    "flush_denormals,             CASES,  a case without steps changes numbers",
    "drop_signs_of_zeros,         BITS,   the bridge changes bits",
    "copy_gradients,              MEMORY, the bridge changes bits",
    "write_nothing,               BITS,   as it was before",
    "write_nothing,               MEMORY, as it was before",
    "write_nothing,               CASES,  was left unwritten",
    "forget_the_last_element,     BITS,   as it was before",
    "forget_the_last_element,     CASES,  was left unwritten",
    "load_nothing,                CASES,  a case without steps changes numbers",
    "write_nothing,               THREADS, 'of 4 threads that asked at once, one failed'"
  })
  void aPlantedDefectIsCaught(String defect, Checks check, String message) throws IOException {
    BridgeCheck bridge = oracle(defect).bridge();
    assertThatThrownBy(() -> check.run(bridge))
        .isInstanceOf(OracleException.class)
        .hasMessageContaining(message);
  }

  /** Two callers that share a place for the request without a lock. */
  @Test
  void crossedAnswersAreCaught() throws IOException {
    TorchOracle sound = oracle("none");
    sound.bridge();
    AtomicReference<StepCase> shared = new AtomicReference<>();
    Implementation crossing =
        new Delegate(sound) {
          @Override
          public Trace run(StepCase scripted) {
            shared.set(scripted);
            LockSupport.parkNanos(100_000);
            return sound.run(Objects.requireNonNull(shared.get()));
          }
        };
    BridgeCheck bridge = new BridgeCheck(PythonThread.of(environment)::call, crossing);
    assertThat(Checks.CASES.run(bridge)).isGreaterThan(DRAWS);
    assertThatThrownBy(() -> Checks.THREADS.run(bridge))
        .isInstanceOf(OracleException.class)
        .hasMessageContaining("threads that asked at once");
  }

  @Test
  void drawsHaveEveryFormatKindAndLayout() {
    Map<BridgeFormat, Set<Kind>> kinds = new EnumMap<>(BridgeFormat.class);
    Set<String> layouts = new HashSet<>();
    for (long seed = 0; seed < DRAWS; seed++) {
      BridgeDraw draw = BridgeDraw.any(new SplittableRandom(seed));
      ByteBuffer inputs = draw.inputs();
      for (BridgeArray array : draw.arrays()) {
        for (long bits : array.read(inputs)) {
          kinds
              .computeIfAbsent(array.format(), format -> new HashSet<>())
              .add(array.format().kindOf(bits));
        }
        layouts.addAll(layouts(array));
      }
    }
    assertThat(kinds.keySet()).containsExactlyInAnyOrder(BridgeFormat.values());
    assertThat(kinds.values())
        .allSatisfy(seen -> assertThat(seen).containsExactlyInAnyOrder(Kind.values()));
    assertThat(layouts)
        .containsExactlyInAnyOrder(
            "BORROWED",
            "OWNED",
            "LOAD",
            "0 dimensions",
            "1 dimensions",
            "2 dimensions",
            "3 dimensions",
            "4 dimensions",
            "empty",
            "filled",
            "a multiple of 8",
            "no multiple of 8",
            "stride -1",
            "stride 0",
            "stride 1");
  }

  private static Set<String> layouts(BridgeArray array) {
    Set<String> layouts = new HashSet<>();
    layouts.add(array.way().name());
    layouts.add(array.shape().size() + " dimensions");
    layouts.add(array.size() == 0 ? "empty" : "filled");
    layouts.add(array.offset() % Long.BYTES == 0 ? "a multiple of 8" : "no multiple of 8");
    array.strides().forEach(stride -> layouts.add("stride " + Integer.signum(stride)));
    return layouts;
  }

  private abstract static class Delegate implements Implementation {
    private final Implementation behind;

    Delegate(Implementation behind) {
      this.behind = behind;
    }

    @Override
    public String name() {
      return behind.name();
    }

    @Override
    public String version() {
      return behind.version();
    }

    @Override
    public String digest() {
      return behind.digest();
    }

    @Override
    public List<Trace> runAll(List<StepCase> cases) {
      return cases.stream().map(this::run).toList();
    }
  }
}
