package dev.alig.experiments.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Expected numbers are those of numpy 2.4.6, by the authors' calls:
 *
 * <pre>{@code
 * np.random.seed(1234)
 * chosen = np.random.choice(total, size=sum(sizes), replace=False)
 * subsets = np.split(np.random.permutation(chosen), np.cumsum(sizes)[:-1])
 * hashlib.sha256(subset.astype(">i4").tobytes()).hexdigest()
 * }</pre>
 */
class NumpyRandomTest {
  private static final int SEED = 1234;

  /** {@code [np.random.randint(0, 2**32, dtype=np.uint32) for _ in range(3)]}. */
  @Test
  void itsBitsAreNumpys() {
    NumpyRandom random = new NumpyRandom(SEED);
    assertThat(IntStream.range(0, 3).mapToObj(i -> Integer.toUnsignedLong(random.nextInt())))
        .containsExactly(822569775L, 2137449171L, 2671936806L);
  }

  /** {@code np.random.RandomState(1234).permutation(10)}. */
  @Test
  void itShufflesAsNumpyDoes() {
    int[] values = IntStream.range(0, 10).toArray();
    new NumpyRandom(SEED).shuffle(values);
    assertThat(values).containsExactly(7, 2, 9, 1, 0, 8, 4, 5, 6, 3);
  }

  @Test
  void aSmallSplitIsNumpys() {
    assertThat(new NumpyRandom(SEED).subsets(12, 6, 3))
        .isDeepEqualTo(new int[][] {{0, 2, 10, 8, 9, 4}, {7, 11, 1}});
  }

  @Test
  void theSplitOfCifarIsTheAuthors() throws NoSuchAlgorithmException {
    int[][] split = new NumpyRandom(SEED).subsets(50_000, 45_000, 5_000);
    assertThat(Arrays.copyOf(split[0], 4)).containsExactly(20259, 48853, 20844, 2463);
    assertThat(digest(split[0]))
        .isEqualTo("f2b01b46ea4cea71b6ddf953b72008ca105b23c80ef0303564a8dcc852adb66a");
    assertThat(digest(split[1]))
        .isEqualTo("374540fa8353fe181e28f91024922ee1cc74f5050dbb8f28811238f74ad43b74");
  }

  @Test
  void theSplitOfHouseNumbersIsTheAuthors() throws NoSuchAlgorithmException {
    int[][] split = new NumpyRandom(SEED).subsets(73_257, 67_257, 6_000);
    assertThat(Arrays.copyOf(split[1], 4)).containsExactly(59806, 15649, 70780, 3021);
    assertThat(digest(split[0]))
        .isEqualTo("1e4df8af46c0edcf1be99fbd5fea6581ee13d927583648fa8af7099a544f9944");
    assertThat(digest(split[1]))
        .isEqualTo("8da79985ecd123aae0752f552ced496bfdbf00db76a3fb3a30ef3445be73b355");
  }

  private static String digest(int[] numbers) throws NoSuchAlgorithmException {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
    bytes.asIntBuffer().put(numbers);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }
}
