package dev.alig.conformance.subjects;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.OptimizerOptions.Level;
import org.tensorflow.proto.RewriterConfig;

/** Creates sessions for graphs that take few steps. */
final class Sessions {
  /** TensorFlow's value for no thread pool: operations run in the calling thread. */
  private static final int CALLING_THREAD = -1;

  private Sessions() {}

  /**
   * A session like a user's, but each operation uses one thread, because the suite's tensors are
   * too small to share work.
   */
  static Session usual(Graph graph) {
    return new Session(graph, ConfigProto.newBuilder().setIntraOpParallelismThreads(1).build());
  }

  /**
   * A session without threads and without TensorFlow's graph optimizer. It starts a graph ten times
   * faster.
   */
  static Session quick(Graph graph) {
    return new Session(
        graph,
        plain()
            .setIntraOpParallelismThreads(1)
            .setInterOpParallelismThreads(CALLING_THREAD)
            .build());
  }

  /**
   * A session with the given number of threads within operations, and of threads for parallel
   * operations.
   */
  static Session pooled(Graph graph, int threads) {
    return new Session(
        graph,
        plain()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(threads)
            .setUsePerSessionThreads(true)
            .build());
  }

  private static ConfigProto.Builder plain() {
    OptimizerOptions unchanged = OptimizerOptions.newBuilder().setOptLevel(Level.L0).build();
    RewriterConfig unwritten = RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
    return ConfigProto.newBuilder()
        .setGraphOptions(
            GraphOptions.newBuilder().setOptimizerOptions(unchanged).setRewriteOptions(unwritten));
  }
}
