package dev.alig.conformance.model;

import org.apiguardian.api.API;

/** Text from outside, such as a case's id, as one line in which nothing hides. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Visible {
  private Visible() {}

  /** The text with an escape in place of each end of line and of what would not show. */
  public static String of(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (hides(point)) {
                visible.append(point == '\n' ? "\\n" : "\\u{%x}".formatted(point));
              } else {
                visible.appendCodePoint(point);
              }
            });
    return visible.toString();
  }

  private static boolean hides(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
