/** {@code sockfd top}: which flows and hosts fill an interface. */
@NullMarked
package io.sockfd.cli.top;

import org.jspecify.annotations.NullMarked;
