package dev.alig.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.zip.CRC32C;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A micro-batch as it travels: as bytes, or as a path. */
sealed interface MicroBatch extends Serializable {
  /** Its number in the epoch, from 0. */
  long index();

  /** Its name in messages. */
  String describe();

  /** The data. */
  MultiDataSet load() throws Exception;

  /**
   * A micro-batch in the bytes of {@link MultiDataSet#save}. Spark counts bytes on the heap when it
   * caches them; it would not count arrays outside of the heap.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Stored(long index, byte[] bytes) implements MicroBatch {
    static byte[] bytes(MultiDataSet data) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      // In one known class, since another could write another format.
      new org.nd4j.linalg.dataset.MultiDataSet(
              data.getFeatures(),
              data.getLabels(),
              data.getFeaturesMaskArrays(),
              data.getLabelsMaskArrays())
          .save(bytes);
      return bytes.toByteArray();
    }

    static int checksum(byte[] bytes) {
      CRC32C checksum = new CRC32C();
      checksum.update(bytes);
      return (int) checksum.getValue();
    }

    @Override
    public String describe() {
      return "micro-batch " + index;
    }

    @Override
    public MultiDataSet load() throws IOException {
      MultiDataSet data = new org.nd4j.linalg.dataset.MultiDataSet();
      data.load(new ByteArrayInputStream(bytes));
      return data;
    }
  }

  /** A micro-batch that a loader reads from a path. */
  record AtPath(long index, String path, MicroBatchLoader<?> loader) implements MicroBatch {
    @Override
    public String describe() {
      return "micro-batch " + index + " at " + path;
    }

    @Override
    public MultiDataSet load() throws Exception {
      Object data = loader.load(path);
      if (data instanceof DataSet set) {
        return set.toMultiDataSet();
      }
      if (data instanceof MultiDataSet set) {
        return set;
      }
      throw new IllegalStateException(
          "the loader must return a DataSet or a MultiDataSet, was "
              + (data == null ? "null" : data.getClass().getName()));
    }
  }
}
