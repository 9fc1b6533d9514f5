package io.sockfd.internal.wait;

import org.jspecify.annotations.Nullable;

/**
 * Why it could not be waited.
 *
 * @param result -errno
 * @param call the C function's name
 * @param context what it was called with
 * @param cause what ended the poller where that was no system call
 */
public record WaitFailure(
        int result,
        String call,
        @Nullable String context,
        @Nullable Throwable cause) {}
