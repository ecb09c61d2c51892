package dev.alig.nd4j.samediff.ops;

import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv1DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv3DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv3DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling3DConfig;
import org.nd4j.linalg.factory.Nd4j;

/** Convolutions, pooling and operations on images. */
final class Convolutions {
  private Convolutions() {}

  static void addTo(Recipes r) {
    convolutions(r);
    poolings(r);
    images(r);
  }

  static Conv2DConfig conv2d(boolean same) {
    return Conv2DConfig.builder()
        .kH(2)
        .kW(2)
        .sH(1)
        .sW(1)
        .paddingMode(same ? PaddingMode.SAME : PaddingMode.VALID)
        .dataFormat("NCHW")
        .build();
  }

  static Pooling2DConfig pooling2d(boolean same) {
    return Pooling2DConfig.builder()
        .kH(2)
        .kW(2)
        .sH(1)
        .sW(1)
        .paddingMode(same ? PaddingMode.SAME : PaddingMode.VALID)
        .isNHWC(false)
        .build();
  }

  static Pooling3DConfig pooling3d() {
    return Pooling3DConfig.builder().kD(2).kH(2).kW(2).sD(1).sH(1).sW(1).isNCDHW(true).build();
  }

  private static void convolutions(Recipes r) {
    for (boolean same : new boolean[] {false, true}) {
      String how = same ? ", same" : "";
      r.add(
          "conv2d" + how,
          s -> s.sd.cnn().conv2d(s.x(1, 2, 4, 4), s.x(2, 2, 2, 3), s.x(3), conv2d(same)));
      r.add(
          "conv2d without bias" + how,
          s -> s.sd.cnn().conv2d(s.x(1, 2, 4, 4), s.x(2, 2, 2, 3), conv2d(same)));
      r.add(
          "depthWiseConv2d" + how,
          s -> s.sd.cnn().depthWiseConv2d(s.x(1, 2, 4, 4), s.x(2, 2, 2, 2), s.x(4), conv2d(same)));
      r.add(
          "separableConv2d" + how,
          s ->
              s.sd
                  .cnn()
                  .separableConv2d(
                      s.x(1, 2, 4, 4), s.x(2, 2, 2, 2), s.x(1, 1, 4, 3), s.x(3), conv2d(same)));
      r.add(
          "conv1d" + how,
          s ->
              s.sd
                  .cnn()
                  .conv1d(
                      s.x(1, 2, 5),
                      s.x(2, 2, 3),
                      s.x(3),
                      Conv1DConfig.builder()
                          .k(2)
                          .s(1)
                          .paddingMode(same ? PaddingMode.SAME : PaddingMode.VALID)
                          .build()));
      r.add(
          "conv3d" + how,
          s ->
              s.sd
                  .cnn()
                  .conv3d(
                      s.x(1, 2, 3, 3, 3),
                      s.x(2, 2, 2, 2, 2),
                      s.x(2),
                      Conv3DConfig.builder()
                          .kD(2)
                          .kH(2)
                          .kW(2)
                          .paddingMode(same ? PaddingMode.SAME : PaddingMode.VALID)
                          .biasUsed(true)
                          .dataFormat("NCDHW")
                          .build()));
      r.add(
          "deconv2d" + how,
          s ->
              s.sd
                  .cnn()
                  .deconv2d(
                      s.x(1, 2, 3, 3),
                      s.x(2, 2, 3, 2),
                      s.x(3),
                      DeConv2DConfig.builder()
                          .kH(2)
                          .kW(2)
                          .isSameMode(same)
                          .dataFormat("NCHW")
                          .build()));
      r.add(
          "deconv3d" + how,
          s ->
              s.sd
                  .cnn()
                  .deconv3d(
                      s.x(1, 2, 2, 2, 2),
                      s.x(2, 2, 2, 2, 2),
                      s.x(2),
                      DeConv3DConfig.builder()
                          .kD(2)
                          .kH(2)
                          .kW(2)
                          .isSameMode(same)
                          .dataFormat("NCDHW")
                          .build()));
    }
    r.add(
        "conv2d, strides and dilation",
        s ->
            s.sd
                .cnn()
                .conv2d(
                    s.x(1, 2, 5, 5),
                    s.x(2, 2, 2, 3),
                    s.x(3),
                    Conv2DConfig.builder()
                        .kH(2)
                        .kW(2)
                        .sH(2)
                        .sW(2)
                        .dH(2)
                        .dW(2)
                        .dataFormat("NCHW")
                        .build()));
    r.add(
        "conv2d, channels last",
        s ->
            s.sd
                .cnn()
                .conv2d(
                    s.x(1, 4, 4, 2),
                    s.x(2, 2, 2, 3),
                    s.x(3),
                    Conv2DConfig.builder().kH(2).kW(2).dataFormat("NHWC").build()));
    r.add(
        "dilation2D",
        s ->
            s.sd
                .cnn()
                .dilation2D(
                    s.x(1, 4, 4, 2),
                    s.x(2, 2, 2),
                    new int[] {1, 1, 1, 1},
                    new int[] {1, 1, 1, 1},
                    false));
    r.add("im2Col", s -> s.sd.cnn().im2Col(s.x(1, 2, 4, 4), conv2d(false)));
    r.add(
        "col2Im",
        s ->
            s.sd
                .cnn()
                .col2Im(
                    s.x(1, 2, 2, 2, 3, 3),
                    Conv2DConfig.builder()
                        .kH(2)
                        .kW(2)
                        .sH(1)
                        .sW(1)
                        .pH(4)
                        .pW(4)
                        .dH(1)
                        .dW(1)
                        .build()));
  }

  private static void poolings(Recipes r) {
    for (boolean same : new boolean[] {false, true}) {
      String how = same ? ", same" : "";
      r.add("avgPooling2d" + how, s -> s.sd.cnn().avgPooling2d(s.x(1, 2, 4, 4), pooling2d(same)));
      r.add("maxPooling2d" + how, s -> s.sd.cnn().maxPooling2d(s.x(1, 2, 4, 4), pooling2d(same)));
      r.add(
          "maxPoolWithArgmax" + how,
          s -> s.sd.cnn().maxPoolWithArgmax(s.x(1, 2, 4, 4), pooling2d(same))[0]);
    }
    r.add("avgPooling3d", s -> s.sd.cnn().avgPooling3d(s.x(1, 2, 3, 3, 3), pooling3d()));
    r.add("maxPooling3d", s -> s.sd.cnn().maxPooling3d(s.x(1, 2, 3, 3, 3), pooling3d()));
    r.add("upsampling2d", s -> s.sd.cnn().upsampling2d(s.x(1, 2, 3, 3), 2));
    r.add("upsampling2d by two factors", s -> s.sd.cnn().upsampling2d(s.x(1, 2, 3, 3), 2, 3, true));
    r.add(
        "upsampling2d, channels last", s -> s.sd.cnn().upsampling2d(s.x(1, 3, 3, 2), 2, 3, false));
    r.add("upsampling3d", s -> s.sd.cnn().upsampling3d(s.x(1, 2, 2, 2, 2), true, 2, 2, 2));
    r.add("spaceToDepth", s -> s.sd.cnn().spaceToDepth(s.x(1, 2, 4, 4), 2, DataFormat.NCHW));
    r.add("depthToSpace", s -> s.sd.cnn().depthToSpace(s.x(1, 8, 2, 2), 2, DataFormat.NCHW));
    r.add(
        "spaceToDepth, channels last",
        s -> s.sd.cnn().spaceToDepth(s.x(1, 4, 4, 2), 2, DataFormat.NHWC));
    r.add(
        "depthToSpace, channels last",
        s -> s.sd.cnn().depthToSpace(s.x(1, 2, 2, 8), 2, DataFormat.NHWC));
    r.add(
        "spaceToBatch",
        s -> s.sd.cnn().spaceToBatch(s.x(1, 4, 4, 2), new int[] {2, 2}, new int[] {0, 0}, 0, 0));
    r.add(
        "batchToSpace",
        s -> s.sd.cnn().batchToSpace(s.x(4, 2, 2, 2), new int[] {2, 2}, new int[] {0, 0}, 0, 0));
  }

  private static void images(Recipes r) {
    r.add("resizeBiLinear", s -> s.sd.image().resizeBiLinear(s.x(1, 3, 3, 2), 5, 4, false, false));
    r.add(
        "resizeBiCubic",
        s -> s.sd.image().resizeBiCubic(s.x(1, 4, 4, 2), s.ints(5, 5), false, false));
    r.add("adjustContrast", s -> s.sd.image().adjustContrast(s.x(1, 2, 2, 3), 2));
    r.add("adjustHue", s -> s.sd.image().adjustHue(s.x(1, 2, 2, 3), 0.1));
    r.add("adjustSaturation", s -> s.sd.image().adjustSaturation(s.x(1, 2, 2, 3), 1.5));
    r.add("rgbToYuv", s -> s.sd.image().rgbToYuv(s.x(1, 2, 2, 3)));
    r.add(
        "extractImagePatches",
        s -> s.sd.cnn().extractImagePatches(s.x(1, 4, 4, 1), 2, 2, 1, 1, 1, 1, false));
    r.add(
        "cropAndResize",
        s ->
            s.sd
                .image()
                .cropAndResize(
                    s.x(1, 4, 4, 2),
                    s.sd.constant(Nd4j.createFromArray(new float[][] {{0, 0, 0.5f, 0.5f}})),
                    s.ints(0),
                    s.ints(2, 2)));
  }
}
