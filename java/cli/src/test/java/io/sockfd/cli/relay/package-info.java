@NullMarked
package io.sockfd.cli.relay;

import org.jspecify.annotations.NullMarked;
