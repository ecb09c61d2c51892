package dev.alig.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Ways in which an array of 3 × 4 can lie in memory. */
enum Layout {
  C {
    @Override
    INDArray make(DataType type) {
      return Nd4j.create(type, new long[] {3, 4}, 'c');
    }
  },
  F {
    @Override
    INDArray make(DataType type) {
      return Nd4j.create(type, new long[] {3, 4}, 'f');
    }
  },
  TRANSPOSED {
    @Override
    INDArray make(DataType type) {
      return Nd4j.create(type, 4, 3).transpose();
    }
  },
  ROWS_OF_MORE {
    @Override
    INDArray make(DataType type) {
      return Nd4j.create(type, 6, 4).get(NDArrayIndex.interval(2, 5), NDArrayIndex.all());
    }
  },
  MIDST {
    @Override
    INDArray make(DataType type) {
      return Nd4j.create(type, 5, 7).get(NDArrayIndex.interval(1, 4), NDArrayIndex.interval(2, 6));
    }
  },
  EVERY_OTHER_ROW {
    @Override
    INDArray make(DataType type) {
      return Nd4j.create(type, 6, 4).get(NDArrayIndex.interval(0, 2, 6), NDArrayIndex.all());
    }
  },
  PERMUTED {
    @Override
    INDArray make(DataType type) {
      return Nd4j.create(type, 4, 2, 3)
          .permute(2, 1, 0)
          .get(NDArrayIndex.all(), NDArrayIndex.point(1), NDArrayIndex.all());
    }
  },
  FLAT_VIEW_IN_F {
    @Override
    INDArray make(DataType type) {
      return Nd4j.create(type, 1, 20)
          .get(NDArrayIndex.point(0), NDArrayIndex.interval(5, 17))
          .reshape('f', 3, 4);
    }
  };

  /** Zeros in this layout. */
  abstract INDArray make(DataType type);

  /** The values in this layout. */
  INDArray of(INDArray values) {
    return make(values.dataType()).assign(values);
  }
}
