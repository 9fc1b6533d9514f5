/** {@code sockfd arp}: who has an IPv4 address on a link. */
@NullMarked
package io.sockfd.cli.arp;

import org.jspecify.annotations.NullMarked;
