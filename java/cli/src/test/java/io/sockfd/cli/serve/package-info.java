@NullMarked
package io.sockfd.cli.serve;

import org.jspecify.annotations.NullMarked;
