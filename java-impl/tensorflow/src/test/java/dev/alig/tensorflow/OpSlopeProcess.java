package dev.alig.tensorflow;

import dev.alig.tensorflow.OpSlope.Kind;
import dev.alig.tensorflow.OpSlope.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.family.TNumber;

/** Measures operations in a process of its own, since TensorFlow ends it at some of them. */
final class OpSlopeProcess {
  /** How the optimizer meets a loss of this case, and how right TensorFlow's gradient is. */
  record Measured(OpCase opCase, int output, boolean direct, Outcome outcome, String refusal) {
    boolean isRefused() {
      return !refusal.isEmpty();
    }

    @Override
    public String toString() {
      String where = opCase + (direct ? " of variables themselves" : "") + ", output " + output;
      return "%s: %s, %s; optimizer: %s"
          .formatted(where, outcome.kind(), outcome.seen(), isRefused() ? refusal : "accepts");
    }
  }

  private static final String SEPARATOR = "\t";

  private OpSlopeProcess() {}

  static List<OpCase> cases() {
    List<OpCase> all = new ArrayList<>(ElementwiseCases.all());
    all.addAll(ArrayCases.all());
    all.addAll(ProductCases.all());
    all.addAll(NetworkCases.all());
    return all;
  }

  /**
   * Measures all cases, in as many processes as it takes.
   *
   * @param direct whether operations take variables themselves, not their identity
   */
  static List<Measured> all(boolean direct) throws IOException, InterruptedException {
    List<Measured> measured = new ArrayList<>();
    int from = 0;
    while (from < cases().size()) {
      List<String> lines =
          ChildJvm.run(OpSlopeProcess.class, Boolean.toString(direct), Integer.toString(from));
      String[] last = {};
      for (String line : lines) {
        String[] fields = line.split(SEPARATOR, -1);
        if (fields[0].equals("RESULT")) {
          Outcome outcome = new Outcome(Kind.valueOf(fields[3]), fields[4]);
          measured.add(
              new Measured(
                  opCase(fields), Integer.parseInt(fields[2]), direct, outcome, fields[5]));
        } else if (fields[0].equals("START")) {
          last = fields;
        } else if (fields[0].equals("END")) {
          return measured;
        }
      }
      if (last.length == 0) {
        throw new IllegalStateException("the process measured nothing: " + lines);
      }
      Outcome crash = new Outcome(Kind.CRASHES, "the process ended");
      measured.add(new Measured(opCase(last), Integer.parseInt(last[2]), direct, crash, last[3]));
      from = Integer.parseInt(last[1]) + 1;
    }
    return measured;
  }

  private static OpCase opCase(String[] fields) {
    return cases().get(Integer.parseInt(fields[1]));
  }

  /** Prints what it sees, one case after the other. */
  public static void main(String[] arguments) {
    boolean direct = Boolean.parseBoolean(arguments[0]);
    List<OpCase> cases = cases();
    for (int i = Integer.parseInt(arguments[1]); i < cases.size(); i++) {
      for (int output : OpSlope.outputs(cases.get(i))) {
        String refusal = refusal(cases.get(i), output, direct);
        print("START", i, output, refusal);
        Outcome outcome = OpSlope.of(cases.get(i), output, direct);
        print("RESULT", i, output, outcome.kind(), outcome.seen(), refusal);
      }
    }
    print("END");
  }

  private static void print(Object... fields) {
    List<String> texts = new ArrayList<>();
    for (Object field : fields) {
      texts.add(field.toString().replace(SEPARATOR, " "));
    }
    System.out.println(String.join(SEPARATOR, texts));
    System.out.flush();
  }

  /** The message that the optimizer refuses the case by; empty if it accepts it. */
  private static String refusal(OpCase opCase, int output, boolean direct) {
    try (Graph graph = new Graph()) {
      List<Variable<?>> variables = new ArrayList<>();
      Operand<? extends TNumber> loss =
          OpSlope.loss(Ops.create(graph), opCase, output, variables, direct);
      new GradientFlow(loss.asOutput())
          .requireGradients(variables.stream().map(Variable::asOutput).toList(), false);
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
