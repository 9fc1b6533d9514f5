/** The command {@code nc}: standard input and output as a socket. */
@NullMarked
package io.sockfd.cli.nc;

import org.jspecify.annotations.NullMarked;
