/**
 * The options of sockets, a class for each level and a constant for each option, under C's names; and their values.
 *
 * <p>Get and set go through {@link io.sockfd.Option}. "Read only" and "set only" say what the kernel has; a version is
 * the first Linux that has the option.
 *
 * <p>One pair of classes knows each other: {@code IpMsfilterCodec} is one of the {@code MulticastCodecs}, in a file of its own
 * for its length, and uses their helpers.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.option;

import org.jspecify.annotations.NullMarked;
