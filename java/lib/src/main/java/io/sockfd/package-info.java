/**
 * Sockets as Berkeley made them, with Java's types: owned descriptors, typed addresses and options, exceptions that carry
 * the error number. {@link io.sockfd.raw} lies directly beneath.
 */
@NullMarked
package io.sockfd;

import org.jspecify.annotations.NullMarked;
