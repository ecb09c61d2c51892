package dev.alig.experiments.graph;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.OptimizerOptions.Level;
import org.tensorflow.proto.RewriterConfig;

/**
 * Sessions that run a graph as it was built.
 *
 * <p>TensorFlow's graph optimizer is off. With it, the last bits of results differ from process to
 * process, but a resumed run must give the same bits.
 */
public final class GraphSession {
  /** TensorFlow's value for no thread pool: operations run on the thread that calls the session. */
  private static final int CALLING_THREAD = -1;

  private GraphSession() {}

  /**
   * A session on a graph.
   *
   * @param threads the number of threads; 1 means the calling thread. All sessions of a process
   *     share the threads of the first.
   */
  public static Session of(Graph graph, int threads) {
    OptimizerOptions unchanged = OptimizerOptions.newBuilder().setOptLevel(Level.L0).build();
    RewriterConfig unwritten = RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
    return new Session(
        graph,
        ConfigProto.newBuilder()
            .setGraphOptions(
                GraphOptions.newBuilder()
                    .setOptimizerOptions(unchanged)
                    .setRewriteOptions(unwritten))
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(threads == 1 ? CALLING_THREAD : threads)
            .build());
  }
}
