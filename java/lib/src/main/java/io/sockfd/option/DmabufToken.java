package io.sockfd.option;

import static io.sockfd.raw.struct.DmabufToken.SIZE;
import static io.sockfd.raw.struct.DmabufToken.token_count;
import static io.sockfd.raw.struct.DmabufToken.token_start;

import io.sockfd.Codec;

/**
 * SO_DEVMEM_DONTNEED: frags to give back. See <a href="https://docs.kernel.org/networking/devmem.html">device memory
 * TCP, in the kernel's documentation</a>.
 *
 * @param start the first frag's token
 * @param count how many tokens from there on
 */
public record DmabufToken(int start, int count) {
    static final Codec<DmabufToken[]> ARRAY = new StructArray<>(DmabufToken[].class, SIZE, (token, b, at) -> {
        token_start(b, at, token.start);
        token_count(b, at, token.count);
    });
}
