package dev.alig.conformance.cluster;

import java.io.Serializable;

/**
 * What a {@link Job} left.
 *
 * @param host where it ran
 * @param status the exit status of its process
 * @param left the files of its folder
 */
record Answer(String host, int status, PackedFolder left) implements Serializable {}
