package dev.alig.conformance.torch;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.oracle.Bridge;
import dev.alig.conformance.oracle.OracleException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apiguardian.api.API;

/**
 * Checks that numbers go to Python and come back bit for bit, so that a defect of the bridge is
 * never mistaken for a defect of an optimizer.
 *
 * <p>Each check draws from a seed and returns how many numbers it compared. It throws an {@link
 * OracleException} that names the first number that changed.
 */
@API(status = INTERNAL, since = "0.1")
public final class BridgeCheck implements Bridge {
  private static final int THREADS = 4;
  private static final JsonMapper JSON = new JsonMapper();

  /** Calls a Python function with a JSON text and two shared buffers; returns its answer. */
  @FunctionalInterface
  interface Echo {
    String call(String function, String request, ByteBuffer inputs, ByteBuffer outputs);
  }

  private final Echo echo;
  private final BridgeCases cases;

  BridgeCheck(Echo echo, Implementation oracle) {
    this.echo = echo;
    this.cases = new BridgeCases(oracle);
  }

  /**
   * Sends arrays of every format, shape, stride and offset through the functions that cases use.
   *
   * <p>Before the call the outputs hold the complement of the expected numbers, so stale numbers
   * cannot pass. The random bytes between them must not change. Python also reports which numbers
   * it read, because equal bytes do not reveal a byte order or a format that is wrong in both
   * directions.
   */
  @Override
  public long carriesEveryBit(long seed) {
    BridgeDraw draw = BridgeDraw.any(new SplittableRandom(seed));
    ByteBuffer inputs = draw.inputs();
    byte[] before = bytes(inputs);
    ByteBuffer outputs = draw.outputs();
    List<long[]> expected = spoil(draw.arrays(), inputs, outputs);
    byte[] surroundings = bytes(outputs);
    String answer = echo.call("echo.run", request(draw.arrays()), inputs, outputs);
    requireSame(before, bytes(inputs), "the inputs");
    long compared = compare(draw.arrays(), expected, outputs, surroundings);
    compareReadings(draw.arrays(), expected, parse(answer));
    return compared;
  }

  /**
   * Checks that Python's views and Java's buffers share memory: each side sees what the other
   * writes after Python took the view.
   */
  @Override
  public long sharesMemory(long seed) {
    BridgeDraw draw = BridgeDraw.writable(new SplittableRandom(seed));
    ByteBuffer inputs = draw.inputs();
    ByteBuffer outputs = draw.outputs();
    echo.call("echo.hold", request(draw.arrays()), inputs, outputs);
    draw.fill(inputs);
    List<long[]> expected = spoil(draw.arrays(), inputs, outputs);
    byte[] surroundings = bytes(outputs);
    byte[] inverted = inverted(draw.arrays(), inputs);
    echo.call("echo.release", "", inputs, outputs);
    long compared = compare(draw.arrays(), expected, outputs, surroundings);
    requireSame(inverted, bytes(inputs), "the inputs that Python inverted in place");
    return 2 * compared;
  }

  /** Runs the checks on several threads at once; each must get the answer to its own question. */
  @Override
  public long servesEveryThread(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<Long>> askers = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      long mine = random.nextLong();
      askers.add(() -> askTogether(start, mine));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      long compared = 0;
      for (Future<Long> asked : threads.invokeAll(askers)) {
        compared += asked.get();
      }
      return compared;
    } catch (ExecutionException e) {
      throw new OracleException(
          "of %d threads that asked at once, one failed: %s"
              .formatted(THREADS, e.getCause() == null ? e : e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OracleException("interrupted while threads asked Python", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private long askTogether(CyclicBarrier start, long seed)
      throws InterruptedException, BrokenBarrierException {
    start.await();
    return carriesEveryBit(seed) + returnsCases(seed) + carriesEveryBit(seed + 1);
  }

  /**
   * Runs a case without steps and without a ball. Parameters and loaded buffers must come back as
   * {@link Packing} says, and other buffers must be zeros.
   */
  @Override
  public long returnsCases(long seed) {
    return cases.check(seed);
  }

  private static String request(List<BridgeArray> arrays) {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode list = request.putArray("arrays");
    arrays.forEach(array -> array.describe(list.addObject()));
    return request.toString();
  }

  /** Writes the complement of the expected bits to the outputs; returns the expected bits. */
  private static List<long[]> spoil(
      List<BridgeArray> arrays, ByteBuffer inputs, ByteBuffer outputs) {
    List<long[]> expected = new ArrayList<>();
    for (BridgeArray array : arrays) {
      long[] bits = array.read(inputs);
      for (int e = 0; e < bits.length; e++) {
        array.format().put(outputs, array.out() + e * array.format().bytes(), ~bits[e]);
      }
      expected.add(bits);
    }
    return expected;
  }

  private static long compare(
      List<BridgeArray> arrays, List<long[]> expected, ByteBuffer outputs, byte[] surroundings) {
    long compared = 0;
    ByteBuffer outside = ByteBuffer.wrap(surroundings).order(outputs.order());
    for (int i = 0; i < arrays.size(); i++) {
      BridgeArray array = arrays.get(i);
      long[] bits = expected.get(i);
      for (int e = 0; e < bits.length; e++) {
        int position = array.out() + e * array.format().bytes();
        requireSame(array, e, bits[e], array.format().get(outputs, position));
        array.format().put(outside, position, bits[e]);
      }
      compared += bits.length;
    }
    requireSame(surroundings, bytes(outputs), "the outputs outside the arrays");
    return compared;
  }

  private static void requireSame(BridgeArray array, int element, long expected, long actual) {
    if (expected != actual) {
      String complement = actual == (~expected & array.format().mask()) ? ", as it was before" : "";
      throw new OracleException(
          "the bridge changes bits: element %d of %s was 0x%x and came back as 0x%x%s"
              .formatted(element, array, expected, actual, complement));
    }
  }

  private static void requireSame(byte[] expected, byte[] actual, String what) {
    for (int b = 0; b < expected.length; b++) {
      if (expected[b] != actual[b]) {
        throw new OracleException(
            "the bridge changes memory: byte %d of %s should be 0x%02x and is 0x%02x"
                .formatted(b, what, expected[b], actual[b]));
      }
    }
  }

  private static void compareReadings(
      List<BridgeArray> arrays, List<long[]> expected, JsonNode readings) {
    if (readings.size() != arrays.size()) {
      throw new OracleException(
          "the bridge answers %d of %d arrays".formatted(readings.size(), arrays.size()));
    }
    for (int i = 0; i < arrays.size(); i++) {
      compareReading(arrays.get(i), expected.get(i), readings.get(i));
    }
  }

  private static void compareReading(BridgeArray array, long[] bits, JsonNode reading) {
    long sum = 0;
    for (long element : bits) {
      sum += element;
    }
    String expectedSum = "0x" + Long.toHexString(sum);
    if (!reading.path("bits").asText().equals(expectedSum)) {
      throw new OracleException(
          "Python reads other bits than Java wrote: those of %s add up to %s, not %s"
              .formatted(array, reading.path("bits").asText(), expectedSum));
    }
    JsonNode first = reading.path("first");
    boolean same =
        bits.length == 0
            ? first.isNull()
            : DType.same(array.format().value(bits[0]), TraceFile.number(first.asText()));
    if (!same) {
      throw new OracleException(
          "Python takes the bits 0x%x for the number %s in %s"
              .formatted(bits.length == 0 ? 0 : bits[0], first.asText(), array));
    }
  }

  private static JsonNode parse(String answer) {
    try {
      return JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new OracleException("the bridge's answer is not JSON: " + answer, e);
    }
  }

  /** The inputs that are expected after Python inverts the bits of all elements. */
  private static byte[] inverted(List<BridgeArray> arrays, ByteBuffer inputs) {
    byte[] all = bytes(inputs);
    ByteBuffer target = ByteBuffer.wrap(all).order(inputs.order());
    for (BridgeArray array : arrays) {
      for (int position : array.positions()) {
        array.format().put(target, position, ~array.format().get(inputs, position));
      }
    }
    return all;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] all = new byte[buffer.capacity()];
    buffer.get(0, all);
    return all;
  }
}
