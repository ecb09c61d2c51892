package org.nd4j.nativeblas;

/**
 * The class that Deeplearning4j 1.0.0-M2.1 asks by its name whether ND4J has oneDNN.
 *
 * <p>ND4J has moved its own class of this name to another package, so that the layers of
 * Deeplearning4j find none and never use oneDNN.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** What the native library can do. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** Called by Deeplearning4j. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Whether JavaCPP loads ND4J's build with oneDNN. Called by Deeplearning4j. */
    public boolean isUseMKLDNN() {
      return System.getProperty("org.bytedeco.javacpp.platform.extension", "")
          .startsWith("-onednn");
    }
  }
}
