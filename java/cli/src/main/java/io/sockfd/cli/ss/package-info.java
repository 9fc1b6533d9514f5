/** {@code sockfd ss}: the sockets of this machine. */
@NullMarked
package io.sockfd.cli.ss;

import org.jspecify.annotations.NullMarked;
