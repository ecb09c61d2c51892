package dev.alig.conformance.cluster;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * A Java program that runs on any machine of the cluster, in a folder of its own.
 *
 * @param name of its log in that folder
 * @param arguments of {@code java}; {@link DriverProtocol#FOLDER} stands for the folder
 * @param given the files that the folder has at first
 */
record Job(String name, ArrayList<String> arguments, PackedFolder given) implements Serializable {}
