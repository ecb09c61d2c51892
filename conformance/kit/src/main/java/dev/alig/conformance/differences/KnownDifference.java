package dev.alig.conformance.differences;

import dev.alig.conformance.Requirement;
import java.net.URI;
import java.util.List;

/**
 * A place where two parties behave differently, on purpose or not, with the reason.
 *
 * @param id its name, in lower case with hyphens
 * @param requirement the clause of the behaviour that it concerns; {@link
 *     Requirement#KNOWN_DIFFERENCES} if it concerns none
 * @param between the two parties
 * @param when the circumstances in which they differ
 * @param because why they differ
 * @param link public material that explains it
 */
record KnownDifference(
    String id,
    Requirement requirement,
    List<String> between,
    String when,
    String because,
    String link) {
  /** Checks that every field is filled in and well-formed, and copies the list. */
  public KnownDifference {
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "the id of a known difference must be words in lower case with hyphens, was " + id);
    }
    between = List.copyOf(between);
    if (between.size() != 2 || between.get(0).equals(between.get(1))) {
      throw new IllegalArgumentException(
          id + ": between must name two different parties, was " + between);
    }
    requireText(id, "when", when);
    requireText(id, "because", because);
    URI address = URI.create(link);
    if (!"https".equals(address.getScheme()) || address.getHost() == null) {
      throw new IllegalArgumentException(id + ": link must be an https address, was " + link);
    }
  }

  private static void requireText(String id, String name, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(id + ": " + name + " must not be blank");
    }
  }
}
