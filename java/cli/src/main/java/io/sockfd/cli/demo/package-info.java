/** {@code sockfd demo}: a few conversations on loopback, and what a call costs. */
@NullMarked
package io.sockfd.cli.demo;

import org.jspecify.annotations.NullMarked;
