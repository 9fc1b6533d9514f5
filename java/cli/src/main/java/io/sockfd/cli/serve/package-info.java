/** The command {@code serve}: HTTP on one thread. */
@NullMarked
package io.sockfd.cli.serve;

import org.jspecify.annotations.NullMarked;
