/** {@code sockfd ping}: whether a host answers. */
@NullMarked
package io.sockfd.cli.ping;

import org.jspecify.annotations.NullMarked;
