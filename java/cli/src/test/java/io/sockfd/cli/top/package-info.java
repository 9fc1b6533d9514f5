@NullMarked
package io.sockfd.cli.top;

import org.jspecify.annotations.NullMarked;
