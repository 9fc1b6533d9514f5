/** The command {@code relay}: carries bytes between any two addresses. */
@NullMarked
package io.sockfd.cli.relay;

import org.jspecify.annotations.NullMarked;
