package dev.alig.nd4j.samediff.ops;

import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMConfiguration;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDataFormat;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDirectionMode;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMLayerConfig;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.GRUWeights;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.LSTMLayerWeights;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.LSTMWeights;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.SRUWeights;

/** Recurrent layers and cells. */
final class Recurrences {
  private Recurrences() {}

  static void addTo(Recipes r) {
    recurrent(r);
  }

  private static LSTMLayerConfig lstm(LSTMDirectionMode direction) {
    return LSTMLayerConfig.builder()
        .lstmdataformat(LSTMDataFormat.NTS)
        .directionMode(direction)
        .retFullSequence(true)
        .retLastC(false)
        .retLastH(false)
        .build();
  }

  private static void recurrent(Recipes r) {
    r.addAll(
        "lstmLayer",
        s ->
            s.sd
                .rnn()
                .lstmLayer(
                    s.signed(2, 3, 2),
                    LSTMLayerWeights.builder()
                        .weights(s.signed(2, 8))
                        .rWeights(s.signed(2, 8))
                        .bias(s.signed(8))
                        .build(),
                    lstm(LSTMDirectionMode.FWD)));
    r.addAll(
        "lstmLayer, backward",
        s ->
            s.sd
                .rnn()
                .lstmLayer(
                    s.signed(2, 3, 2),
                    LSTMLayerWeights.builder()
                        .weights(s.signed(2, 8))
                        .rWeights(s.signed(2, 8))
                        .bias(s.signed(8))
                        .build(),
                    lstm(LSTMDirectionMode.BWD)));
    r.addAll(
        "lstmLayer, both ways",
        s ->
            s.sd
                .rnn()
                .lstmLayer(
                    s.signed(2, 3, 2),
                    LSTMLayerWeights.builder()
                        .weights(s.signed(2, 2, 8))
                        .rWeights(s.signed(2, 2, 8))
                        .bias(s.signed(2, 8))
                        .build(),
                    lstm(LSTMDirectionMode.BIDIR_SUM)));
    r.addAll(
        "lstmLayer with peepholes",
        s ->
            s.sd
                .rnn()
                .lstmLayer(
                    s.signed(2, 3, 2),
                    LSTMLayerWeights.builder()
                        .weights(s.signed(2, 8))
                        .rWeights(s.signed(2, 8))
                        .bias(s.signed(8))
                        .peepholeWeights(s.signed(6))
                        .build(),
                    lstm(LSTMDirectionMode.FWD)));
    r.add(
        "gru",
        s ->
            s.sd
                .rnn()
                .gru(
                    s.signed(3, 2, 2),
                    s.signed(2, 2),
                    s.signed(2, 6),
                    s.signed(2, 6),
                    s.signed(6)));
    r.addAll(
        "gruCell",
        s ->
            s.sd
                .rnn()
                .gruCell(
                    s.signed(2, 2),
                    s.signed(2, 2),
                    GRUWeights.builder()
                        .ruWeight(s.signed(4, 4))
                        .cWeight(s.signed(4, 2))
                        .ruBias(s.signed(4))
                        .cBias(s.signed(2))
                        .build()));
    r.addAll(
        "lstmCell",
        s ->
            s.sd
                .rnn()
                .lstmCell(
                    s.signed(2, 2),
                    s.signed(2, 2),
                    s.signed(2, 2),
                    LSTMWeights.builder()
                        .weights(s.signed(4, 8))
                        .inputPeepholeWeights(s.signed(2))
                        .forgetPeepholeWeights(s.signed(2))
                        .outputPeepholeWeights(s.signed(2))
                        .bias(s.signed(8))
                        .build(),
                    LSTMConfiguration.builder().build()));
    r.add(
        "sruCell",
        s ->
            s.sd
                .rnn()
                .sruCell(
                    s.signed(2, 2),
                    s.signed(2, 2),
                    SRUWeights.builder().weights(s.signed(2, 6)).bias(s.signed(4)).build()));
    r.add(
        "sru",
        s ->
            s.sd
                .rnn()
                .sru(
                    s.signed(2, 2, 3),
                    s.signed(2, 2),
                    SRUWeights.builder().weights(s.signed(6, 2)).bias(s.signed(4)).build()));
  }
}
