package dev.alig.experiments.dnc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The model for one sequence at a time, in loops over arrays and with a sort, to be compared with
 * the formulas of the paper line by line.
 *
 * <p>Usage takes the write weightings of the first call, in every later call as well: they are what
 * the gradient leaves alone.
 */
final class PlainDnc {
  private static final double EPSILON = 1e-6;

  private final DncSizes sizes;
  private final RepeatCopy task;
  private final RepeatCopy.Batch batch;
  private final List<double[]> firstWritten = new ArrayList<>();
  private int call;

  PlainDnc(DncSizes sizes, RepeatCopy task, RepeatCopy.Batch batch) {
    this.sizes = sizes;
    this.task = task;
    this.batch = batch;
  }

  /** The loss at these weights. */
  double loss(Map<String, double[]> weights) {
    call = 0;
    double loss = 0;
    for (int sequence = 0; sequence < task.batch(); sequence++) {
      loss += new Sequence(weights).loss(sequence);
    }
    return loss / task.batch();
  }

  private final class Sequence {
    private final Map<String, double[]> weights;
    private final int n = sizes.slots();
    private final double[][] memory = new double[n][sizes.word()];
    private final double[][] read = new double[sizes.readHeads()][n];
    private final double[][] link = new double[n][n];
    private double[] written = new double[n];
    private final double[] precedence = new double[n];
    private final double[] usage = new double[n];
    private final double[] words = new double[sizes.readHeads() * sizes.word()];
    private final double[] hidden = new double[sizes.hidden()];
    private final double[] cell = new double[sizes.hidden()];

    Sequence(Map<String, double[]> weights) {
      this.weights = weights;
    }

    double loss(int sequence) {
      double loss = 0;
      for (int step = 0; step < task.steps(); step++) {
        int at = step * task.batch() + sequence;
        double[] input =
            Arrays.copyOfRange(batch.observations(), at * task.inputs(), (at + 1) * task.inputs());
        control(input);
        access(linear(hidden, "interface"));
        double[] logits = linear(joined(hidden, words), "output");
        for (int k = 0; k < logits.length; k++) {
          double x = clip(logits[k]);
          double target = batch.targets()[at * task.outputs() + k];
          // −target · log σ(x) − (1 − target) · log(1 − σ(x))
          double likelihood = target * log1pExp(-x) + (1 - target) * log1pExp(x);
          loss += batch.mask()[at] * likelihood;
        }
      }
      return loss;
    }

    private void control(double[] input) {
      double[] gates = linear(joined(joined(input, words), hidden), "controller");
      int h = sizes.hidden();
      for (int k = 0; k < h; k++) {
        double added = sigmoid(gates[k]) * Math.tanh(gates[h + k]);
        double next = sigmoid(gates[2 * h + k] + 1) * cell[k] + added;
        hidden[k] = Math.tanh(next) * sigmoid(gates[3 * h + k]);
        cell[k] = clip(next);
      }
    }

    private void access(double[] said) {
      int r = sizes.readHeads();
      int w = sizes.word();
      int at = 0;
      double[] free = Arrays.copyOfRange(said, at, at += r);
      double[] vector = Arrays.copyOfRange(said, at, at += w);
      double[] erase = Arrays.copyOfRange(said, at, at += w);
      double[] key = Arrays.copyOfRange(said, at, at += w);
      double strength = said[at++];
      double toUnused = sigmoid(said[at++]);
      double gate = sigmoid(said[at++]);
      double[] keys = Arrays.copyOfRange(said, at, at += r * w);
      double[] strengths = Arrays.copyOfRange(said, at, at += r);
      double[] modes = Arrays.copyOfRange(said, at, at + 3 * r);

      double[] before = fixed(written);
      for (int i = 0; i < n; i++) {
        double retained = 1;
        for (int head = 0; head < r; head++) {
          retained *= 1 - sigmoid(free[head]) * read[head][i];
        }
        usage[i] = (usage[i] + before[i] - usage[i] * before[i]) * retained;
      }
      double[] content = byContent(key, strength);
      double[] unused = unused();
      written = new double[n];
      for (int i = 0; i < n; i++) {
        written[i] = gate * (toUnused * unused[i] + (1 - toUnused) * content[i]);
        for (int k = 0; k < w; k++) {
          memory[i][k] =
              memory[i][k] * (1 - written[i] * sigmoid(erase[k])) + written[i] * vector[k];
        }
      }
      double sum = Arrays.stream(written).sum();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double next = (1 - written[i] - written[j]) * link[i][j] + written[i] * precedence[j];
          link[i][j] = i == j ? 0 : next;
        }
      }
      for (int i = 0; i < n; i++) {
        precedence[i] = (1 - sum) * precedence[i] + written[i];
      }
      for (int head = 0; head < r; head++) {
        double[] ownKey = Arrays.copyOfRange(keys, head * w, (head + 1) * w);
        double[] mode = softmax(Arrays.copyOfRange(modes, 3 * head, 3 * head + 3));
        look(head, mode, byContent(ownKey, strengths[head]));
      }
    }

    private void look(int head, double[] mode, double[] content) {
      double[] next = new double[n];
      for (int i = 0; i < n; i++) {
        double backward = 0;
        double forward = 0;
        for (int j = 0; j < n; j++) {
          backward += link[j][i] * read[head][j];
          forward += link[i][j] * read[head][j];
        }
        next[i] = mode[0] * backward + mode[1] * forward + mode[2] * content[i];
      }
      read[head] = next;
      for (int k = 0; k < sizes.word(); k++) {
        double word = 0;
        for (int i = 0; i < n; i++) {
          word += next[i] * memory[i][k];
        }
        words[head * sizes.word() + k] = word;
      }
    }

    private double[] unused() {
      double[] used = Arrays.stream(usage).map(u -> EPSILON + (1 - EPSILON) * u).toArray();
      int[] order =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> used[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      double[] result = new double[n];
      double product = 1;
      for (int i : order) {
        result[i] = (1 - used[i]) * product;
        product *= used[i];
      }
      return result;
    }

    private double[] byContent(double[] key, double strength) {
      double[] similarity = new double[n];
      for (int i = 0; i < n; i++) {
        double cosine = dot(key, memory[i]) / (length(key) * length(memory[i]) + EPSILON);
        similarity[i] = cosine * log1pExp(strength);
      }
      return softmax(similarity);
    }

    private double[] fixed(double[] now) {
      if (call == firstWritten.size()) {
        firstWritten.add(now);
      }
      return firstWritten.get(call++);
    }

    private double[] linear(double[] input, String layer) {
      double[] matrix = weights.getOrDefault(layer + ".weights", new double[0]);
      double[] result = weights.getOrDefault(layer + ".bias", new double[0]).clone();
      for (int i = 0; i < input.length; i++) {
        for (int j = 0; j < result.length; j++) {
          result[j] += input[i] * matrix[i * result.length + j];
        }
      }
      return result;
    }
  }

  private static double[] joined(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static double dot(double[] x, double[] y) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i] * y[i]).sum();
  }

  private static double length(double[] x) {
    return Math.sqrt(dot(x, x) + EPSILON);
  }

  private static double[] softmax(double[] x) {
    double sum = Arrays.stream(x).map(Math::exp).sum();
    return Arrays.stream(x).map(value -> Math.exp(value) / sum).toArray();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double log1pExp(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double clip(double x) {
    return Math.max(-20, Math.min(20, x));
  }
}
