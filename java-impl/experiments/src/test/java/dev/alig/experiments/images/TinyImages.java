package dev.alig.experiments.images;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Files of 2×2 images whose brightest pixel tells their class. */
public final class TinyImages {
  private static final int PIXELS = 4;

  private TinyImages() {}

  /** Writes the four files, those of the test images compressed. */
  public static void write(Path folder, int train, int test) throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), images(train));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(train));
    Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), compressed(images(test)));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), compressed(labels(test)));
  }

  private static byte[] images(int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x803);
    out.writeInt(count);
    out.writeInt(2);
    out.writeInt(2);
    for (int i = 0; i < count * PIXELS; i++) {
      boolean brightest = i / PIXELS % PIXELS == i % PIXELS;
      out.writeByte(brightest ? 255 : i * 31 % 100);
    }
    return bytes.toByteArray();
  }

  static byte[] labels(int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x801);
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      out.writeByte(i % PIXELS);
    }
    return bytes.toByteArray();
  }

  private static byte[] compressed(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
