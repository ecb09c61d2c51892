package dev.alig.experiments.dnc;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sizes of a differentiable neural computer with one write head.
 *
 * @param inputs the number of inputs per time step
 * @param outputs the number of outputs per time step
 * @param hidden the number of units of the controller, an LSTM
 * @param slots rows of the memory, N in the paper
 * @param word columns of the memory, W in the paper
 * @param readHeads the number of rows that it reads per time step, R in the paper
 */
public record DncSizes(int inputs, int outputs, int hidden, int slots, int word, int readHeads) {
  /** How a read head finds its rows: backward, forward, by content. */
  static final int READ_MODES = 3;

  private static final int LSTM_GATES = 4;

  /** Checks that all are positive. */
  public DncSizes {
    int[] all = {inputs, outputs, hidden, slots, word, readHeads};
    for (int size : all) {
      if (size < 1) {
        throw new IllegalArgumentException("every size must be >= 1, was " + size);
      }
    }
  }

  /**
   * The authors' sizes for a number of bits per time step. There are two more inputs and one more
   * output.
   */
  public static DncSizes ofPaper(int bits) {
    return new DncSizes(bits + 2, bits + 1, 64, 16, 16, 4);
  }

  /** How many numbers the controller sends to the memory per time step. */
  int interfaceWidth() {
    return 3 * word + 3 + readHeads * (word + 2 + READ_MODES);
  }

  /** The shapes of the parameters by name: rows are inputs, columns are outputs. */
  public Map<String, int[]> parameters() {
    int gates = LSTM_GATES * hidden;
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put("controller.weights", new int[] {inputs + readHeads * word + hidden, gates});
    shapes.put("controller.bias", new int[] {gates});
    shapes.put("interface.weights", new int[] {hidden, interfaceWidth()});
    shapes.put("interface.bias", new int[] {interfaceWidth()});
    shapes.put("output.weights", new int[] {hidden + readHeads * word, outputs});
    shapes.put("output.bias", new int[] {outputs});
    return shapes;
  }
}
