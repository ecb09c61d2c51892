package dev.alig.conformance.certificate;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A DSSE envelope (v1): a payload and who signed it.
 *
 * <p>What is signed is {@code "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload}, with
 * lengths in bytes; see github.com/secure-systems-lab/dsse.
 *
 * @param payloadType what the payload is
 * @param payload the payload in Base64
 * @param signatures at least one
 */
record Envelope(String payloadType, String payload, List<Signed> signatures) {
  private static final JsonMapper JSON = Statement.strict();

  /**
   * A signature.
   *
   * @param keyid a hint at the key, which nobody vouches for
   * @param sig the signature in Base64
   */
  record Signed(String keyid, String sig) {}

  Envelope {
    signatures = List.copyOf(signatures);
  }

  /** Puts a payload into an envelope. */
  static Envelope sign(String payloadType, byte[] payload, SigningKey key) {
    Base64.Encoder base64 = Base64.getEncoder();
    byte[] signature = key.sign(signedBytes(payloadType, payload));
    return new Envelope(
        payloadType,
        base64.encodeToString(payload),
        List.of(new Signed(key.trusted().id(), base64.encodeToString(signature))));
  }

  /** Reads the text of a file. */
  static Envelope parse(String text) throws RefusedException {
    try {
      return JSON.readValue(text, Envelope.class);
    } catch (JsonProcessingException e) {
      throw new RefusedException(
          "the file is no envelope (DSSE), or a part of it is missing: " + e.getOriginalMessage(),
          e);
    }
  }

  /** The text of a file. */
  String text() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an envelope is plain data", e);
    }
  }

  /** The key that signed the payload as it is. */
  TrustedKey signer(List<TrustedKey> trusted) throws RefusedException {
    byte[] message = signedBytes(payloadType, bytes("payload", payload));
    for (Signed signed : signatures) {
      byte[] signature = bytes("signature", signed.sig);
      for (TrustedKey key : trusted) {
        if (key.verifies(message, signature)) {
          return key;
        }
      }
    }
    boolean known =
        signatures.stream()
            .anyMatch(signed -> trusted.stream().anyMatch(key -> key.id().equals(signed.keyid)));
    throw new RefusedException(known ? CHANGED : unknown(trusted));
  }

  private static final String CHANGED =
      "the content was changed after it had been signed: the signature of a key that you trust"
          + " does not fit it";

  private String unknown(List<TrustedKey> trusted) {
    return "an unknown key signed it: %s; you trust %s"
        .formatted(
            signatures.isEmpty()
                ? "none"
                : signatures.stream().map(Signed::keyid).collect(joining(", ")),
            trusted.stream()
                .map(key -> "%s (%s)".formatted(key.id(), key.name()))
                .collect(joining(", ")));
  }

  /** The payload. */
  byte[] content() throws RefusedException {
    return bytes("payload", payload);
  }

  private static byte[] bytes(String what, String base64) throws RefusedException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("the %s is no Base64: %s".formatted(what, e.getMessage()), e);
    }
  }

  private static byte[] signedBytes(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    String head = "DSSEv1 %d %s %d ".formatted(type.length, payloadType, payload.length);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    message.writeBytes(payload);
    return message.toByteArray();
  }
}
