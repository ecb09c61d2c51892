package dev.alig.conformance.judge;

import dev.alig.conformance.Difference;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.Place.Quantity;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/** Compares two traces of a case number by number: NaN is NaN, and the sign of a zero counts. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class TraceComparison {
  private final StepCase scripted;
  private final Trace expected;
  private final Trace actual;
  private long numbers;
  private Optional<Place> first = Optional.empty();

  private TraceComparison(StepCase scripted, Trace expected, Trace actual) {
    this.scripted = scripted;
    this.expected = expected;
    this.actual = actual;
  }

  /** Compares what two implementations did. */
  public static TraceComparison of(StepCase scripted, Trace expected, Trace actual) {
    TraceComparison bits = new TraceComparison(scripted, expected, actual);
    bits.compare(Place.CONSTRUCTION, expected.constructed());
    for (int k = 0; k < Math.max(expected.steps().size(), actual.steps().size()); k++) {
      bits.compare(new Place(k, Quantity.UNCLIPPED, 0, 0, 0));
      for (int g = 0; g < scripted.groups().size(); g++) {
        bits.compare(Place.of(k, Quantity.STEP_SIZE, g));
      }
      bits.compare(new Place(k, Quantity.MEAN, 0, 0, 0));
      if (k < expected.steps().size()) {
        bits.compare(k, expected.steps().get(k).after());
      }
    }
    return bits;
  }

  private void compare(int k, State state) {
    for (int g = 0; g < scripted.groups().size(); g++) {
      List<Tensor> parameters = state.parameters().get(g);
      for (int i = 0; i < parameters.size(); i++) {
        for (int e = 0; e < parameters.get(i).size(); e++) {
          compare(new Place(k, Quantity.PARAMETER, g, i, e));
          compare(new Place(k, Quantity.BUFFER, g, i, e));
        }
      }
    }
  }

  private void compare(Place place) {
    OptionalDouble one = place.in(expected);
    OptionalDouble other = place.in(actual);
    if (one.isEmpty() && other.isEmpty()) {
      return;
    }
    numbers++;
    boolean same =
        one.isPresent() && other.isPresent() && DType.same(one.getAsDouble(), other.getAsDouble());
    if (!same && first.isEmpty()) {
      first = Optional.of(place);
    }
  }

  /** How many numbers were compared. */
  public long numbers() {
    return numbers;
  }

  /** The first number that differs. */
  public Optional<Place> first() {
    return first;
  }

  /** The first number that differs, as a difference of the second trace from the first. */
  public Difference difference(String ofExpected) {
    Place place = first.orElseThrow();
    return Difference.of(
        place.toString(),
        show(place.in(expected)) + "   kernel " + ofExpected,
        show(place.in(actual)),
        "nothing: all kernels give the same bits");
  }

  /** A number of these traces for a reader; "none" if it is missing. */
  public String show(OptionalDouble number) {
    return number.isEmpty() ? "none" : Difference.show(number.getAsDouble(), scripted.dtype());
  }
}
