@NullMarked
package io.sockfd.cli.check;

import org.jspecify.annotations.NullMarked;
