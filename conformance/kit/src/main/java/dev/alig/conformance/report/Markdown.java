package dev.alig.conformance.report;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/** Text from outside in Markdown. */
@API(status = INTERNAL, since = "0.1")
public final class Markdown {
  private Markdown() {}

  /** The text in one line, without invisible characters; markup of Markdown and HTML is escaped. */
  public static String escaped(String text) {
    return text.replaceAll("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\p{Cf}]+", " ")
        .replaceAll("([\\\\`*_{}\\[\\]<>#|~&!])", "\\\\$1");
  }
}
