package dev.alig.experiments.images;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/** Small files that other programs wrote, as text. */
final class Packed {
  /**
   * scipy 1.17.1's {@code savemat({"X": X, "y": [[1], [10], [5]]}, do_compression=True)}, with
   * three images: 0 but for {@code X[1, 2, 0, n] = 10 + n}, {@code X[31, 0, 1, n] = 100 + n} and
   * {@code X[0, 31, 2, n] = 200 + n}.
   */
  static final String MAT =
      "H4sIAAAAAAACA/N1DPFxdFIw1TNQ8HUM0U3LzElVCMhJLEnLL8q1UijIL86s0FFwLkpNLElNUcjPs1Lwzc9T"
          + "8MsvUzA2UDAwtDI0sDKyVDAyMDJjIAMwevryA6liIK6Y8/acL5+DgUDbQ8eO/R3KEV8E+h4xWGj7pbp8v3Sh"
          + "5+hvk/i0i8vulygZWU10Sl+58sm07KqzDyb/VKlSm/vy64mT1V/Z6xl+LL5ZxcjAIJDXHXvhiB5DQsrGOKDR"
          + "LbeTxbds5GaQiFwrDuQ+7Gv/Laz6g5UDZLUW2OrHyQkJBgxJZgrPGJL82DgSWj/NbJwh2CMpqdVoIhzQMrF7"
          + "KiODxBOG7wASlrHbLQEAAA==";

  /**
   * A pickle as Python 2 wrote it, with bytes as BINSTRING, by a subclass of Python 3.11.7's {@code
   * pickle._Pickler}, with an array of numpy 2.4.6. It has two images: 0 but for {@code data[0, 34]
   * = 11}, {@code data[0, 3071] = 255} and {@code data[1, 2016] = 200}; {@code labels} are 3 and 9.
   */
  static final String PYTHON_2 =
      "H4sIAAAAAAACA+3QzUrDQBAH8N20qWZTv7/6CDkFfA0XcyjusZTdZNVCkuafbMCAghetfTPfqpbUq+C5zO8w"
          + "zDADA/937w0sUqHRLn2e59rYHFzxF3hq1E8NBjMMIzmQgVXDTDsNPy3bouridFnbuGhzt9B1rTsxr226LBtX"
          + "t6kTGO2uRJnttjiQ7AOHihsEK4gpwkhy6d2z8SfGv7eZ6yorcKS89hbH668VTqY43T5X/BVnSZLcbbb6IpnD"
          + "uVk/sAn7h5ARQgghhBBC9sKGIiCEEEL2zzdFQAj5Ay4cLo0KHhe5LXVhG1zNcB0pX8dV+YQb5Zu+mdg2/gGC"
          + "9Ckm8RgAAA==";

  /** The same, protocol 4, with {@code fine_labels} of 42 and 99. */
  static final String PROTOCOL_4 =
      "H4sIAAAAAAACA+3ZT0rDQBQG8EltkJKuxSMUFwGvoDuDWbiXMJNM20AyDekEDCi48U/h7fp5J8/hRWpN3eoB"
          + "yvdbvIHhe8Pjbed5/PF1rgZPmElktM+XWaWNrSDBAySal84eLta4xyy5SHIr40J7DTlzXd30cZavWhvXXeVL"
          + "3ba6h0yz1uYrt/Ztl3tsIeGQhJy64hDZIlEvuA4M3nC3fzZIRrdq+orlRMLC94396Rp1l9i8HwInEjwiTdOb"
          + "3d5QEuVhNlfqd/7/RYqIiIiIiI7CjisgIiI6Pp9cARH9AR5GJvOysk7XdviokFDHjVtAQjOctou/AYJcI8jt"
          + "GAAA";

  private Packed() {}

  static byte[] bytes(String text) throws IOException {
    byte[] packed = Base64.getDecoder().decode(text);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }
}
