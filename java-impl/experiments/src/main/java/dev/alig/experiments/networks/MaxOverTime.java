package dev.alig.experiments.networks;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The largest of each component over the steps of a sentence, as the authors of InferSent take it:
 * PyTorch has padded short sentences with zeros, and the maximum sees those zeros.
 *
 * <p>The inputs are states [sentences, size, steps] and lengths [sentences, 2]. The first length is
 * the sentence's own. The second is that of the longest sentence which it was padded for: the
 * longest on its side of the batch. With s = steps below the own length,
 *
 * <p>output = max(states[s]), and max(states[s], 0) if the own length is the smaller one.
 *
 * <p>States beyond the own length are never read, and no error is passed to them.
 */
public class MaxOverTime extends GraphVertex {
  private static final long serialVersionUID = 1;

  @Override
  public GraphVertex clone() {
    return new MaxOverTime();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaxOverTime;
  }

  @Override
  public int hashCode() {
    return MaxOverTime.class.hashCode();
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 2;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    return new MaxOverTimeVertex(graph, name, index, type);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(((InputType.InputTypeRecurrent) inputs[0]).getSize());
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(
            null, MaxOverTime.class, inputs[0], getOutputType(0, inputs))
        .standardMemory(0, 0)
        .workingMemory(
            0, inputs[0].arrayElementsPerExample(), 0, inputs[0].arrayElementsPerExample())
        .cacheMemory(0, 0)
        .build();
  }
}
