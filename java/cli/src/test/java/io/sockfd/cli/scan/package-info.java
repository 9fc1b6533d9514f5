@NullMarked
package io.sockfd.cli.scan;

import org.jspecify.annotations.NullMarked;
