package com.example;

import dev.alig.nd4j.CsvStepLog;
import dev.alig.spark.SparkAliG;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/** A run on files that goes on where it was when its driver was lost. */
final class ResumeOnSpark {
  private ResumeOnSpark() {}

  static void train(
      JavaSparkContext context, MultiLayerNetwork network, List<String> paths, Path folder)
      throws IOException {
    try (CsvStepLog log = CsvStepLog.to(folder.resolve("steps.csv"))) {
      SparkAliG training =
          SparkAliG.builder(context, network)
              .microBatchesPerStep(8)
              .seed(42)
              .checkpoints(folder, 100)
              .resume()
              .listeners(log)
              .build();
      training.fitPaths(paths, ResumeOnSpark::load, 25);
    }
  }

  /** Runs on the executors. */
  private static DataSet load(String path) {
    DataSet data = new DataSet();
    data.load(new File(path));
    return data;
  }
}
