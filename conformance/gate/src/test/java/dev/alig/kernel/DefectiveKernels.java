package dev.alig.kernel;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Kernels with one defect each, made of a sound one, and threads that join their work wrongly. */
public final class DefectiveKernels {
  /** The name of every kernel here. */
  public static final String NAME = "defective";

  /** Elements of a vector, of which a step takes only whole ones. */
  private static final int WIDTH = 8;

  private static final int THREADS = 3;

  private DefectiveKernels() {}

  /** The sound kernel under the same name, with threads that take turns. */
  public static KernelVariant sound() {
    return of(kernel -> kernel, new TakingTurns());
  }

  /** The descriptions of the defects. */
  public static Set<String> descriptions() {
    return all().keySet();
  }

  /** The kernel with the defect of a description. */
  public static KernelVariant of(String description) {
    return Objects.requireNonNull(all().get(description), description);
  }

  private static Map<String, KernelVariant> all() {
    Map<String, KernelVariant> all = new TreeMap<>();
    all.put("an update leaves out the tail", of(TailLeftOut::new, new TakingTurns()));
    all.put("an update takes one lane twice", of(LaneMovedTwice::new, new TakingTurns()));
    all.put("a sum has one lane twice", of(LaneAddedTwice::new, new TakingTurns()));
    all.put("a sum leaves out the tail", of(SumWithoutTail::new, new TakingTurns()));
    all.put("a projection leaves out the tail", of(ScaledWithoutTail::new, new TakingTurns()));
    all.put("the norm after a step is not measured", of(NotMeasured::new, new TakingTurns()));
    all.put("the partial sums of a helper are lost", of(new LostSums()::of, new TakingTurns()));
    all.put("the last piece is left out", of(kernel -> kernel, new LastPieceLeftOut()));
    all.put("a piece is done twice", of(kernel -> kernel, new PieceTwice()));
    return all;
  }

  private static KernelVariant of(UnaryOperator<MemoryKernel> defect, ThreadPool pool) {
    MemoryKernels sound = KernelChoice.of("").kernels().orElseThrow();
    return new KernelVariant(Optional.of(new Defective(sound, defect)), THREADS, () -> pool)
        .sharingFrom(64, 1);
  }

  private record Defective(MemoryKernels sound, UnaryOperator<MemoryKernel> defect)
      implements MemoryKernels {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "for a test";
    }

    @Override
    public int vectorBits() {
      return 256;
    }

    @Override
    public MemoryKernel ofFloats() {
      return defect.apply(sound.ofFloats());
    }

    @Override
    public MemoryKernel ofDoubles() {
      return defect.apply(sound.ofDoubles());
    }

    @Override
    public long parallelFrom(int bytesPerElement) {
      return sound.parallelFrom(bytesPerElement);
    }
  }

  /** Does each piece as another worker, in the caller's thread, so that a defect always shows. */
  private static class TakingTurns extends ThreadPool {
    TakingTurns() {
      super(THREADS);
    }

    @Override
    void run(int pieces, Job job) {
      for (int piece = 0; piece < pieces; piece++) {
        job.run(piece % THREADS, piece);
      }
    }
  }

  private static final class LastPieceLeftOut extends TakingTurns {
    @Override
    void run(int pieces, Job job) {
      super.run(pieces - 1, job);
    }
  }

  private static final class PieceTwice extends TakingTurns {
    @Override
    void run(int pieces, Job job) {
      super.run(pieces, job);
      job.run(1, 1);
    }
  }

  private static class Delegating implements MemoryKernel {
    final MemoryKernel sound;

    Delegating(MemoryKernel sound) {
      this.sound = sound;
    }

    @Override
    public int bytes() {
      return sound.bytes();
    }

    @Override
    public void addSquares(long x, int length) {
      sound.addSquares(x, length);
    }

    @Override
    public boolean takeSquares(double[] sums, double[] lost, int at) {
      return sound.takeSquares(sums, lost, at);
    }

    @Override
    public void wideSquares(long x, int length, double[] sums, double[] lost, int at) {
      sound.wideSquares(x, length, sums, lost, at);
    }

    @Override
    public boolean allFinite(long x, int length) {
      return sound.allFinite(x, length);
    }

    @Override
    public void plain(long p, long g, int length, double stepSize, boolean measure) {
      sound.plain(p, g, length, stepSize, measure);
    }

    @Override
    public void momentum(long p, long v, long g, int length, Factors factors, boolean measure) {
      sound.momentum(p, v, g, length, factors, measure);
    }

    @Override
    public void scale(long x, int length, double factor) {
      sound.scale(x, length, factor);
    }
  }

  private static int whole(int length) {
    return length - length % WIDTH;
  }

  private static final class TailLeftOut extends Delegating {
    TailLeftOut(MemoryKernel sound) {
      super(sound);
    }

    @Override
    public void plain(long p, long g, int length, double stepSize, boolean measure) {
      super.plain(p, g, whole(length), stepSize, measure);
    }

    @Override
    public void momentum(long p, long v, long g, int length, Factors factors, boolean measure) {
      super.momentum(p, v, g, whole(length), factors, measure);
    }
  }

  private static final class LaneMovedTwice extends Delegating {
    LaneMovedTwice(MemoryKernel sound) {
      super(sound);
    }

    @Override
    public void momentum(long p, long v, long g, int length, Factors factors, boolean measure) {
      super.momentum(p, v, g, length, factors, measure);
      if (length > WIDTH) {
        super.momentum(at(p), at(v), at(g), 1, factors, false);
      }
    }

    private long at(long address) {
      return address + (long) (WIDTH - 1) * bytes();
    }
  }

  private static final class LaneAddedTwice extends Delegating {
    LaneAddedTwice(MemoryKernel sound) {
      super(sound);
    }

    @Override
    public void addSquares(long x, int length) {
      super.addSquares(x, length);
      if (length > WIDTH) {
        super.addSquares(x + (long) (WIDTH - 1) * bytes(), 1);
      }
    }
  }

  private static final class SumWithoutTail extends Delegating {
    SumWithoutTail(MemoryKernel sound) {
      super(sound);
    }

    @Override
    public void addSquares(long x, int length) {
      super.addSquares(x, whole(length));
    }
  }

  private static final class ScaledWithoutTail extends Delegating {
    ScaledWithoutTail(MemoryKernel sound) {
      super(sound);
    }

    @Override
    public void scale(long x, int length, double factor) {
      super.scale(x, whole(length), factor);
    }
  }

  private static final class NotMeasured extends Delegating {
    NotMeasured(MemoryKernel sound) {
      super(sound);
    }

    @Override
    public void momentum(long p, long v, long g, int length, Factors factors, boolean measure) {
      super.momentum(p, v, g, length, factors, false);
    }
  }

  /** Every worker but the first, which is the caller, keeps its sums to itself. */
  private static final class LostSums {
    private int made;

    MemoryKernel of(MemoryKernel sound) {
      return made++ % THREADS == 0 ? sound : new Losing(sound);
    }

    private static final class Losing extends Delegating {
      Losing(MemoryKernel sound) {
        super(sound);
      }

      @Override
      public boolean takeSquares(double[] sums, double[] lost, int at) {
        return super.takeSquares(new double[at + 1], new double[at + 1], at);
      }
    }
  }
}
