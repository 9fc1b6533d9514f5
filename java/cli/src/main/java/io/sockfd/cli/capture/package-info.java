/** {@code sockfd capture}: packets of an interface or a file. */
@NullMarked
package io.sockfd.cli.capture;

import org.jspecify.annotations.NullMarked;
