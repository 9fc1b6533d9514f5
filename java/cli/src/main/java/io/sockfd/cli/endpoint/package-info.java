/** Addresses as the tools' users write them, and what is done with them: connect, listen, try. */
@NullMarked
package io.sockfd.cli.endpoint;

import org.jspecify.annotations.NullMarked;
