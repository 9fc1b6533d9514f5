@NullMarked
package io.sockfd.cli.kernel;

import org.jspecify.annotations.NullMarked;
