/**
 * The networks of the paper's experiments on images.
 *
 * <p>A {@link dev.alig.experiments.networks.Network} describes a network once, by the calls that it
 * makes on {@link dev.alig.experiments.networks.Layers}. Each framework implements the layers, and
 * {@link dev.alig.experiments.networks.Parameters} lists the parameters to train.
 */
@NullMarked
package dev.alig.experiments.networks;

import org.jspecify.annotations.NullMarked;
