package dev.alig.conformance.cases;

import dev.alig.MomentumForm;
import dev.alig.conformance.cases.CaseChoices.Absence;
import dev.alig.conformance.cases.CaseChoices.GroupChoices;
import dev.alig.conformance.cases.CaseChoices.StepChoices;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.StepCase;
import dev.alig.kernel.Thresholds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.apiguardian.api.API;

/** Cases around the sizes at which a kernel changes its way of computing. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class KernelCases {
  /** Cases of more elements take longer to judge than all others together. */
  private static final int LARGE = 10_000;

  /** Elements of a drawn case, for the most part. */
  private static final int SMALL = 600;

  private static final List<Double> SPECIAL =
      List.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0, 1e-300, 1e30);

  private final DType dtype;
  private final Thresholds thresholds;
  private final SplittableRandom random;

  private KernelCases(DType dtype, Thresholds thresholds, SplittableRandom random) {
    this.dtype = dtype;
    this.thresholds = thresholds;
    this.random = random;
  }

  /** Draws cases of few elements about any threshold that these can reach. */
  public static Arbitrary<StepCase> about(Function<DType, Thresholds> thresholds) {
    return Arbitraries.randomValue(
        source -> {
          SplittableRandom random = new SplittableRandom(source.nextLong());
          DType dtype = random.nextBoolean() ? DType.FLOAT : DType.DOUBLE;
          KernelCases cases = new KernelCases(dtype, thresholds.apply(dtype), random);
          return cases.of(cases.drawn(), random.nextInt(1, 4));
        });
  }

  /** Both sides of every threshold, in each dtype; the large ones come last. */
  public static List<StepCase> onBothSides(Function<DType, Thresholds> thresholds, long seed) {
    List<StepCase> cases = new ArrayList<>();
    for (boolean large : new boolean[] {false, true}) {
      for (DType dtype : DType.values()) {
        SplittableRandom random =
            new SplittableRandom(large ? seed - dtype.bytes() : seed + dtype.bytes());
        KernelCases of = new KernelCases(dtype, thresholds.apply(dtype), random);
        of.sizes().stream()
            .filter(sizes -> total(sizes) > LARGE == large)
            .forEach(sizes -> cases.add(of.of(sizes, large ? 1 : 2)));
      }
    }
    return cases;
  }

  private static long total(List<Integer> sizes) {
    return sizes.stream().mapToLong(Integer::longValue).sum();
  }

  private List<List<Integer>> sizes() {
    List<List<Integer>> sizes = new ArrayList<>();
    for (int length : thresholds.lengths()) {
      about(length).map(List::of).forEach(sizes::add);
    }
    Stream.concat(thresholds.blocks().stream(), thresholds.tensors().stream())
        .distinct()
        .flatMap(n -> Stream.of(n - 1, n, n + 1, 2 * n + 1))
        .distinct()
        .map(n -> Collections.nCopies(n, 3))
        .forEach(sizes::add);
    for (int elements : thresholds.sharedFrom()) {
      about(elements).map(this::split).forEach(sizes::add);
      // A thread takes many blocks at a time, so that it takes as many again for others to join.
      sizes.add(split(2 * elements + elements / 16 + 1));
    }
    return sizes;
  }

  /** Both sides, and the point itself where that costs little. */
  private static Stream<Integer> about(int size) {
    return size > LARGE ? Stream.of(size - 1, size + 1) : Stream.of(size - 1, size, size + 1);
  }

  /** Two tensors, neither of which has a size that is round. */
  private List<Integer> split(int elements) {
    int first = elements / 3 + random.nextInt(elements / 3);
    return List.of(first, elements - first);
  }

  private List<Integer> drawn() {
    int way = random.nextInt(16);
    if (way < 2 && !thresholds.tensors().isEmpty()) {
      int few = pick(Stream.concat(thresholds.blocks().stream(), thresholds.tensors().stream()));
      int tensors = Math.max(1, few * random.nextInt(1, 3) + random.nextInt(-1, 2));
      return Stream.generate(() -> random.nextInt(1, 6)).limit(tensors).toList();
    }
    if (way < 4) {
      return split(pick(thresholds.sharedFrom().stream()) + random.nextInt(-1, 2));
    }
    List<Integer> sizes = new ArrayList<>();
    int tensors = way == 4 ? 1 : random.nextInt(1, 4);
    int most = way == 4 ? LARGE : SMALL;
    for (int i = 0; i < tensors; i++) {
      int length = pick(thresholds.lengths().stream().filter(l -> (l > SMALL) == (most > SMALL)));
      int times = random.nextInt(1, Math.max(2, Math.min(5, most / length + 1)));
      sizes.add(length * times + random.nextInt(-1, 2));
    }
    return sizes;
  }

  private <T> T any(Collection<T> choices) {
    return List.copyOf(choices).get(random.nextInt(choices.size()));
  }

  /** Any of them that a small case can have; a size that turns nothing where there are none. */
  private int pick(Stream<Integer> sizes) {
    List<Integer> small = sizes.filter(size -> size <= LARGE / 2).toList();
    return small.isEmpty() ? random.nextInt(8, SMALL) : any(small);
  }

  /** A case of tensors of these sizes, with all else drawn. */
  private StepCase of(List<Integer> sizes, int steps) {
    List<GroupChoices> groups = new ArrayList<>();
    int cut = sizes.size() > 1 ? random.nextInt(sizes.size()) : 0;
    for (List<Integer> ofGroup : List.of(sizes.subList(0, cut), sizes.subList(cut, sizes.size()))) {
      if (!ofGroup.isEmpty()) {
        groups.add(
            new GroupChoices(
                OptionalDouble.of(random.nextBoolean() ? 0.1 : Double.POSITIVE_INFINITY),
                random.nextInt(3) == 0 ? 0 : 0.9,
                ofGroup.stream().map(this::shape).toList()));
      }
    }
    List<StepChoices> taken = Stream.generate(this::step).limit(steps).toList();
    return new CaseChoices(
            dtype,
            1e-5,
            random.nextBoolean() ? MomentumForm.STANDARD : MomentumForm.ADJUSTED,
            random.nextInt(3) == 0
                ? OptionalDouble.of(random.nextDouble(0.1, 4))
                : OptionalDouble.empty(),
            groups,
            taken,
            random.nextInt(4) == 0 ? Magnitude.MIXED : Magnitude.ORDINARY,
            random.nextLong() >>> 11)
        .build();
  }

  /** Mostly a vector; a matrix at times, which subjects may lay out with gaps. */
  private List<Integer> shape(int size) {
    return size % 2 == 0 && size > 0 && random.nextInt(6) == 0
        ? List.of(2, size / 2)
        : List.of(size);
  }

  private StepChoices step() {
    Magnitude magnitude =
        random.nextInt(4) > 0 ? Magnitude.ORDINARY : any(EnumSet.allOf(Magnitude.class));
    Optional<Double> special =
        random.nextInt(12) == 0 ? Optional.of(any(SPECIAL)) : Optional.empty();
    return new StepChoices(
        random.nextDouble(0.1, 10),
        random.nextBoolean() ? LossKind.FLOAT : LossKind.TENSOR,
        magnitude,
        random.nextInt(5) == 0 ? Absence.SOME : Absence.NONE,
        special.map(dtype::round));
  }
}
