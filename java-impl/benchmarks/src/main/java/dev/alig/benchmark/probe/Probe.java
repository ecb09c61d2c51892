package dev.alig.benchmark.probe;

import dev.alig.benchmark.contender.Momentum;
import dev.alig.benchmark.contender.Setting;
import dev.alig.benchmark.contender.Stepper;
import dev.alig.benchmark.contender.Threads;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Streams what a fused step has to and computes nothing: first g; then p, v and g, of which p and v
 * are written. Six words an element, four without momentum.
 *
 * <p>It works on the Vector API where this JVM has it, else on loops over Java arrays, with as many
 * threads as our kernels.
 */
public final class Probe implements Stepper {
  private static final String VECTOR = "dev.alig.benchmark.probe.VectorStreams";
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** What a thread takes at a time, some 10 µs of work. */
  private static final int PIECE = 1 << 18;

  /** From as many bytes of parameters on our kernels use several threads. */
  private static final int PARALLEL_FROM = 1 << 18;

  private final Streams streams;
  private final Team team;
  private final long bytes;
  private final int piece;
  private final boolean momentum;
  private final boolean firstPassOnly;

  /** Memory of a setting's size. */
  public Probe(Setting setting) {
    this(setting, streams(setting.bytes(), nothing()), false);
  }

  /** One that only reads g. */
  public static Probe ofFirstPass(Setting setting) {
    return new Probe(setting, streams(setting.bytes(), nothing()), true);
  }

  Probe(Setting setting, Streams streams, boolean firstPassOnly) {
    this.firstPassOnly = firstPassOnly;
    this.streams = streams;
    bytes = setting.bytes();
    momentum = setting.momentum() != Momentum.NONE;
    piece = bytes < PARALLEL_FROM ? PARALLEL_FROM : PIECE / 4;
    team = new Team(bytes < PARALLEL_FROM ? 1 : Threads.count());
  }

  /** 0, as HotSpot cannot know. */
  private static long nothing() {
    return new AtomicLong().get();
  }

  /** The fastest that there are here. */
  static Streams streams(long bytes, long mask) {
    try {
      if (ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()) {
        Class<?> vector = Class.forName(VECTOR);
        return (Streams)
            vector.getDeclaredConstructor(long.class, long.class).newInstance(bytes, mask);
      }
    } catch (ClassNotFoundException e) {
      // A JDK before 22, or a jar that was built on one.
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("no memory for the probe: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the probe's own class has changed", e);
    }
    return new HeapStreams(bytes, mask);
  }

  /** How the probe streams in this JVM. */
  public static String describe() {
    return streams(Streams.ALIGNMENT, nothing()).description();
  }

  @Override
  public void step() {
    int pieces = (int) ((bytes + piece - 1) / piece);
    team.run(pieces, i -> streams.readGradients(from(i), to(i)));
    if (firstPassOnly) {
      return;
    }
    team.run(
        pieces,
        i -> {
          if (momentum) {
            streams.move(from(i), to(i));
          } else {
            streams.moveWithoutMomentum(from(i), to(i));
          }
        });
  }

  private long from(int i) {
    return (long) i * piece;
  }

  private long to(int i) {
    return Math.min(bytes, from(i) + piece);
  }

  /** Nothing: the probe computes nothing. */
  @Override
  public double[] parameters() {
    return new double[0];
  }

  @Override
  public void close() {
    team.close();
    if (streams instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("the probe's memory cannot be let go", e);
      }
    }
  }
}
