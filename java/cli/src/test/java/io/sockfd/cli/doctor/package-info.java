@NullMarked
package io.sockfd.cli.doctor;

import org.jspecify.annotations.NullMarked;
