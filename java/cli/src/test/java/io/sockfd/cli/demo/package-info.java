@NullMarked
package io.sockfd.cli.demo;

import org.jspecify.annotations.NullMarked;
