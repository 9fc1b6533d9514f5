/** Programs that do what they should not with memory, in JVMs of their own: none may crash, and no foreign byte may move. */
@NullMarked
package io.sockfd.hostile;

import org.jspecify.annotations.NullMarked;
