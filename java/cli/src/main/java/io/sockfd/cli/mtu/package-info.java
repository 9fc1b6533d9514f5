/** {@code sockfd mtu}: how large packets to a host may be. */
@NullMarked
package io.sockfd.cli.mtu;

import org.jspecify.annotations.NullMarked;
