@NullMarked
package io.sockfd.cli.ss;

import org.jspecify.annotations.NullMarked;
