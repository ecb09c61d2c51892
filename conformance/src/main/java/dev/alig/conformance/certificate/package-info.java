/**
 * The certificate of a conforming run: what it says, who signed it, and whether it is to be
 * believed.
 *
 * <p>A certificate is an in-toto statement (v1) about the subjects' jars, in a DSSE envelope signed
 * with Ed25519. The signature covers the payload's bytes as they are, so that nothing has to be
 * brought into a canonical form.
 */
@NullMarked
package dev.alig.conformance.certificate;

import org.jspecify.annotations.NullMarked;
