package io.sockfd.option;

import static io.sockfd.raw.struct.TcpRepairOpt.SIZE;
import static io.sockfd.raw.struct.TcpRepairOpt.opt_code;
import static io.sockfd.raw.struct.TcpRepairOpt.opt_val;

import io.sockfd.Codec;

/**
 * TCP_REPAIR_OPTIONS: an option that the handshake had agreed on.
 *
 * @param code the kind: 2 maximum segment size, 3 window scale, 4 SACK permitted, 8 timestamps
 * @param value MSS in bytes; window scales, the peer's in the lower and the own in the upper 16 bits; else 0
 */
public record TcpRepairOpt(int code, int value) {
    static final Codec<TcpRepairOpt[]> ARRAY = new StructArray<>(TcpRepairOpt[].class, SIZE, (option, b, at) -> {
        opt_code(b, at, option.code);
        opt_val(b, at, option.value);
    });
}
