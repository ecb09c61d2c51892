package dev.alig.conformance.cases;

import dev.alig.conformance.model.DType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apiguardian.api.API;

/**
 * The place of a threshold beside a value in real arithmetic: a cap beside the step size, or a
 * radius beside the norm.
 *
 * <p>Within the rounding errors both branches are legal, beyond them only one.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public enum Margin {
  /** On it. */
  AT(Distance.NONE),
  /** The next number of the format above. */
  ONE_ULP_ABOVE(Distance.ONE_ULP),
  /** The next number of the format below. */
  ONE_ULP_BELOW(Distance.ONE_ULP),
  /** The second next above. */
  TWO_ULPS_ABOVE(Distance.TWO_ULPS),
  /** The second next below. */
  TWO_ULPS_BELOW(Distance.TWO_ULPS),
  /** Some numbers of double precision above, which single precision does not have. */
  BETWEEN_ABOVE(Distance.BETWEEN),
  /** Some numbers of double precision below, which single precision does not have. */
  BETWEEN_BELOW(Distance.BETWEEN),
  /** As far above as rounding errors can reach. */
  EDGE_ABOVE(Distance.EDGE),
  /** As far below as rounding errors can reach. */
  EDGE_BELOW(Distance.EDGE),
  /** Farther above than rounding errors can reach. */
  OUTSIDE_ABOVE(Distance.OUTSIDE),
  /** Farther below than rounding errors can reach. */
  OUTSIDE_BELOW(Distance.OUTSIDE);

  /**
   * How far, above or below. At each distance both branches must be taken: on the threshold because
   * of rounding errors, elsewhere because there are cases above and below.
   */
  public enum Distance {
    /** None at all. */
    NONE,
    /** One number of the format. */
    ONE_ULP,
    /** Two numbers of the format. */
    TWO_ULPS,
    /** Less than a number of single precision. */
    BETWEEN,
    /** As far as rounding errors reach. */
    EDGE,
    /** Farther than rounding errors reach. */
    OUTSIDE
  }

  /** A few numbers of double precision are far less than one of single precision. */
  private static final int FEW = 3;

  private final Distance distance;

  Margin(Distance distance) {
    this.distance = distance;
  }

  /** The margins that a format has. */
  public static List<Margin> of(DType dtype) {
    return Arrays.stream(values())
        .filter(margin -> dtype == DType.FLOAT || margin.distance != Distance.BETWEEN)
        .toList();
  }

  /** How far this is. */
  public Distance distance() {
    return distance;
  }

  /**
   * The threshold.
   *
   * @param centre a positive number of double precision
   * @param roundings how many rounding errors the value has at most
   */
  double place(double centre, int roundings, DType dtype, SplittableRandom random) {
    double near = dtype.round(centre);
    double error = centre * roundings * dtype.unitRoundoff();
    return switch (this) {
      case AT -> near;
      case ONE_ULP_ABOVE -> dtype.up(near);
      case ONE_ULP_BELOW -> dtype.down(near);
      case TWO_ULPS_ABOVE -> dtype.up(dtype.up(near));
      case TWO_ULPS_BELOW -> dtype.down(dtype.down(near));
      case BETWEEN_ABOVE -> near + Math.ulp(near) * random.nextInt(1, FEW + 1);
      case BETWEEN_BELOW -> near - Math.ulp(near) * random.nextInt(1, FEW + 1);
      case EDGE_ABOVE -> centre + error;
      case EDGE_BELOW -> centre - error;
      case OUTSIDE_ABOVE -> centre + 2 * error;
      case OUTSIDE_BELOW -> centre - 2 * error;
    };
  }
}
