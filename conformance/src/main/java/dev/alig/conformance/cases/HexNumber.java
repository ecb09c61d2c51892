package dev.alig.conformance.cases;

/** Numbers as trace files have them: hexadecimal, {@code nan}, {@code inf} or {@code -inf}. */
final class HexNumber {
  private HexNumber() {}

  static String hex(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return padded(Double.toHexString(value));
  }

  /**
   * As Python writes it: thirteen digits behind the point unless it is 0, and a signed exponent.
   */
  private static String padded(String hex) {
    int point = hex.indexOf('.');
    int exponent = hex.indexOf('p');
    String digits = hex.substring(point + 1, exponent);
    String sign = hex.charAt(exponent + 1) == '-' ? "" : "+";
    boolean zero = digits.equals("0") && hex.charAt(point - 1) == '0';
    String fraction = zero ? digits : (digits + "0000000000000").substring(0, 13);
    return hex.substring(0, point + 1) + fraction + "p" + sign + hex.substring(exponent + 1);
  }

  static double number(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
