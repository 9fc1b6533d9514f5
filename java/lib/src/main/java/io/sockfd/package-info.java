/**
 * Sockets as Berkeley made them, with Java's types: owned descriptors, typed addresses and options, exceptions that carry
 * the error number. {@link io.sockfd.raw} lies directly beneath.
 *
 * <p>Two pairs of classes know each other. An {@code Option} is looked for among the {@code JdkOptions} where the JDK's own is
 * given, and those translate into Options. {@code OptionTable.all} is what
 * {@code SupportedOptions} keeps, and that is found as a service of the type OptionTable.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd;

import org.jspecify.annotations.NullMarked;
