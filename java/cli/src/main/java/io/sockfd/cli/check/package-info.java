/** The command {@code check}: which addresses accept a connection. */
@NullMarked
package io.sockfd.cli.check;

import org.jspecify.annotations.NullMarked;
