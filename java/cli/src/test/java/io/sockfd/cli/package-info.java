@NullMarked
package io.sockfd.cli;

import org.jspecify.annotations.NullMarked;
