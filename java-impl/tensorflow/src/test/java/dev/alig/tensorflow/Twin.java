package dev.alig.tensorflow;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import dev.alig.NegativeLoss;
import dev.alig.Precision;
import dev.alig.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;

/**
 * ALI-G in plain Java, one operation a line, each rounded to the type of the variables.
 *
 * <p>Where sums of squares are exact, as for short binary fractions, every order of summation gives
 * one result, and the kernels must agree with this bit for bit.
 */
final class Twin {
  /** Variables that share settings; they are changed in place. */
  record Group(GroupSettings settings, List<double[]> variables) {
    Group(GroupSettings settings, double[]... variables) {
      this(settings, List.of(variables));
    }
  }

  private final Precision precision;
  private final Semantics semantics;
  private final Settings settings;
  private final List<Group> groups;
  private final List<double[]> momentum = new ArrayList<>();

  Twin(Precision precision, Semantics semantics, Settings settings, Group... groups) {
    this.precision = precision;
    this.semantics = semantics;
    this.settings = settings;
    this.groups = List.of(groups);
    variables().forEach(w -> momentum.add(new double[w.length]));
    project();
  }

  /** The format of a type's elements. */
  static Precision precision(Class<?> type) {
    if (type == TFloat16.class) {
      return Precision.HALF;
    }
    if (type == TBfloat16.class) {
      return Precision.BFLOAT16;
    }
    return type == TFloat32.class ? Precision.FLOAT : Precision.DOUBLE;
  }

  List<Double> values(int variable) {
    return boxed(variables().get(variable));
  }

  List<Double> momentum(int variable) {
    return boxed(momentum.get(variable));
  }

  /** Takes a step and answers with the groups' step sizes. */
  List<Double> step(double loss, double[] @Nullable ... gradients) {
    List<Double> stepSizes = stepSizes(loss, gradients);
    update(stepSizes, gradients);
    return stepSizes;
  }

  /** The step sizes alone. */
  List<Double> stepSizes(double loss, double[] @Nullable ... gradients) {
    double numerator = rounded(loss - rounded(settings.lowerBound()));
    List<double[]> present = Arrays.stream(gradients).filter(g -> g != null).toList();
    double unclipped =
        present.isEmpty()
            ? numerator / settings.eps()
            : rounded(numerator / rounded(squares(present) + rounded(settings.eps())));
    boolean stop = settings.negativeLoss() == NegativeLoss.STOP && numerator < 0;
    List<Double> stepSizes = new ArrayList<>();
    for (Group group : groups) {
      stepSizes.add(stop ? 0.0 : capped(unclipped, group.settings().maxLearningRate()));
    }
    return stepSizes;
  }

  /** The update alone, with step sizes from elsewhere. */
  void update(List<Double> stepSizes, double[] @Nullable ... gradients) {
    int next = 0;
    for (int g = 0; g < groups.size(); g++) {
      for (double[] w : groups.get(g).variables()) {
        double[] gradient = gradients[next];
        if (gradient != null) {
          double mu = rounded(groups.get(g).settings().momentum());
          move(w, gradient, rounded(stepSizes.get(g)), mu, momentum.get(next));
        }
        next++;
      }
    }
    project();
  }

  private double capped(double unclipped, double cap) {
    if (cap == GroupSettings.UNCAPPED || Double.isNaN(unclipped)) {
      return unclipped;
    }
    return semantics == Semantics.TF1
        ? Math.max(Math.min(unclipped, rounded(cap)), 0)
        : Math.min(unclipped, cap);
  }

  private void move(double[] w, double[] g, double gamma, double mu, double[] v) {
    for (int i = 0; i < w.length; i++) {
      double along = rounded(g[i] * gamma);
      if (mu == 0) {
        w[i] = rounded(w[i] - along);
      } else if (settings.momentumForm() == MomentumForm.STANDARD) {
        v[i] = rounded(rounded(v[i] * mu) - along);
        w[i] = rounded(w[i] - rounded(along - rounded(v[i] * mu)));
      } else {
        v[i] = rounded(rounded(v[i] * mu) + g[i]);
        w[i] = rounded(w[i] - rounded(along + rounded(rounded(v[i] * mu) * gamma)));
      }
    }
  }

  private void project() {
    double radius = rounded(settings.ball().radius());
    double norm = rounded(Math.sqrt(squares(variables())));
    if (norm > radius) {
      double factor = rounded(rounded(1 / norm) * radius);
      for (double[] w : variables()) {
        Arrays.setAll(w, i -> rounded(w[i] * factor));
      }
    }
  }

  /** In the half formats each norm is rounded to the format before it is squared and summed. */
  private double squares(List<double[]> tensors) {
    double sum = 0;
    for (double[] tensor : tensors) {
      double squares = 0;
      for (double x : tensor) {
        squares = wide(squares + wide(x * x));
      }
      if (isHalf()) {
        double norm = rounded(Math.sqrt(squares));
        squares = rounded(norm * norm);
      }
      sum = rounded(sum + squares);
    }
    return sum;
  }

  private boolean isHalf() {
    return precision == Precision.HALF || precision == Precision.BFLOAT16;
  }

  /** To the type that squares are summed in. */
  private double wide(double value) {
    return isHalf() ? Precision.FLOAT.round(value) : rounded(value);
  }

  private double rounded(double value) {
    return precision.round(value);
  }

  private List<double[]> variables() {
    return groups.stream().flatMap(group -> group.variables().stream()).toList();
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
