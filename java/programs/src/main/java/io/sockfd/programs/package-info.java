/** Programs that exist, on this library's channels: unmodified, by the system property alone. */
package io.sockfd.programs;
