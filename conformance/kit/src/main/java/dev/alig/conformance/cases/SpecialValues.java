package dev.alig.conformance.cases;

import dev.alig.conformance.cases.SpecialPoint.Momentum;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.LossKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.apiguardian.api.API;

/**
 * Cases with any {@link SpecialValue} in any {@link SpecialSlot}, for each dtype, momentum form and
 * kind of loss: some 10⁸ points. {@link #pairs(long)} has every point with at most two slots that
 * are not ordinary; {@link #anywhere} draws from all points.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SpecialValues {
  /** One slot in so many draws from all its values, refused ones among them. */
  private static final int UNWELCOME = 16;

  private SpecialValues() {}

  /**
   * Every value of every slot together with every value of every other slot.
   *
   * @param seed the order, so that a part of the list is a fair sample
   */
  public static List<SpecialPoint> pairs(long seed) {
    List<SpecialPoint> points = pairs();
    Collections.shuffle(points, new Random(seed));
    return points;
  }

  private static List<SpecialPoint> pairs() {
    List<SpecialPoint> points = new ArrayList<>();
    for (DType dtype : DType.values()) {
      for (Momentum momentum : Momentum.values()) {
        for (LossKind kind : LossKind.values()) {
          for (Map<SpecialSlot, SpecialValue> values : pairs(slots(momentum))) {
            points.add(new SpecialPoint(dtype, momentum, kind, values));
          }
        }
      }
    }
    return points;
  }

  /**
   * Points with any value in any slot. Settings that optimizers refuse are rare, since otherwise
   * nine points of ten could not be run.
   */
  public static Arbitrary<SpecialPoint> anywhere() {
    return Arbitraries.randomValue(SpecialValues::draw);
  }

  private static SpecialPoint draw(Random random) {
    Map<SpecialSlot, SpecialValue> values = new EnumMap<>(SpecialSlot.class);
    for (SpecialSlot slot : SpecialSlot.values()) {
      boolean any = random.nextInt(UNWELCOME) == 0;
      values.put(slot, pick(random, any ? slot.choices() : slot.welcome()));
    }
    return new SpecialPoint(
        pick(random, List.of(DType.values())),
        pick(random, List.of(Momentum.values())),
        pick(random, List.of(LossKind.values())),
        values);
  }

  private static <T> T pick(Random random, List<T> options) {
    return options.get(random.nextInt(options.size()));
  }

  private static Set<Map<SpecialSlot, SpecialValue>> pairs(List<SpecialSlot> slots) {
    Set<Map<SpecialSlot, SpecialValue>> pairs = new LinkedHashSet<>();
    for (SpecialSlot first : slots) {
      for (SpecialSlot second : slots.subList(slots.indexOf(first) + 1, slots.size())) {
        for (SpecialValue a : first.choices()) {
          for (SpecialValue b : second.choices()) {
            pairs.add(withoutOrdinary(Map.of(first, a, second, b)));
          }
        }
      }
    }
    return pairs;
  }

  /** A point that two pairs of slots have in common must look the same. */
  private static Map<SpecialSlot, SpecialValue> withoutOrdinary(
      Map<SpecialSlot, SpecialValue> values) {
    Map<SpecialSlot, SpecialValue> rest = new EnumMap<>(SpecialSlot.class);
    values.forEach(
        (slot, value) -> {
          if (value != SpecialValue.ORDINARY) {
            rest.put(slot, value);
          }
        });
    return rest;
  }

  private static List<SpecialSlot> slots(Momentum momentum) {
    return Arrays.stream(SpecialSlot.values())
        .filter(slot -> momentum != Momentum.NONE || slot != SpecialSlot.BUFFER)
        .toList();
  }
}
