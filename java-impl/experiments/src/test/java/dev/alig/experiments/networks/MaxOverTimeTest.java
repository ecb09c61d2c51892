package dev.alig.experiments.networks;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

class MaxOverTimeTest {
  /** Two sentences of 2 and 3 words, padded for 3, in an array of 4 steps. */
  private static final double[][][] STATES = {
    {{-2, -1, 7, 7}, {1, 3, 9, 9}},
    {{-3, -2, -4, 7}, {1, 2, 5, 9}}
  };

  private static final double[][] LENGTHS = {{2, 3}, {3, 3}};

  /** A vertex as in a graph, with its inputs. */
  private static MaxOverTimeVertex vertex() {
    ComputationGraph graph = new InferSent(1, 1, 1, Loss.HINGE).graph(new NoOp(), DataType.DOUBLE);
    MaxOverTimeVertex vertex = (MaxOverTimeVertex) graph.getVertex("pooledForward");
    vertex.setInput(0, Nd4j.createFromArray(STATES), LayerWorkspaceMgr.noWorkspaces());
    vertex.setInput(1, Nd4j.createFromArray(LENGTHS), LayerWorkspaceMgr.noWorkspaces());
    return vertex;
  }

  @Test
  void itSeesThePaddingOfItsSideAndNothingBeyond() {
    INDArray found = vertex().doForward(true, LayerWorkspaceMgr.noWorkspaces());
    assertThat(found.toDoubleMatrix()).isDeepEqualTo(new double[][] {{0, 3}, {-2, 5}});
  }

  @Test
  void theErrorGoesToTheStateThatWasTheLargestButNotToPadding() {
    MaxOverTimeVertex vertex = vertex();
    vertex.setEpsilon(Nd4j.createFromArray(new double[][] {{10, 20}, {30, 40}}));
    INDArray error = vertex.doBackward(false, LayerWorkspaceMgr.noWorkspaces()).getSecond()[0];
    double[][][] expected = {
      {{0, 0, 0, 0}, {0, 20, 0, 0}},
      {{0, 30, 0, 0}, {0, 0, 40, 0}}
    };
    assertThat(error).isEqualTo(Nd4j.createFromArray(expected));
  }
}
