/** What README and guide show: each block of Java compiles, those that can run do, and no link leads nowhere. */
@NullMarked
package io.sockfd.guide;

import org.jspecify.annotations.NullMarked;
