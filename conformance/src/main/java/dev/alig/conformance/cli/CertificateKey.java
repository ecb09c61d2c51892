package dev.alig.conformance.cli;

import dev.alig.conformance.certificate.KeyFiles;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ci/certificate-key}: makes a pair of keys to sign certificates with. */
@Command(
    name = "certificate-key",
    mixinStandardHelpOptions = true,
    description =
        "Makes a pair of Ed25519 keys: private.pem signs certificates, public.pem checks.")
final class CertificateKey implements Callable<Integer> {
  private final PrintStream out;

  @Parameters(paramLabel = "DIR", description = "The folder to write them to.")
  private Path folder = Path.of(".");

  CertificateKey(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    KeyFiles files = KeyFiles.make(folder);
    out.printf(
        "%s signs, and is to be kept secret: ci/conform --sign %s%n",
        files.secret(), files.secret());
    out.printf(
        "%s checks, and is to be handed on: ci/verify-certificate FILE --key %s%n",
        files.open(), files.open());
    return 0;
  }
}
