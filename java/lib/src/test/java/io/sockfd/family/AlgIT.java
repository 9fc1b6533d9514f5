package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.AlgAddress;
import io.sockfd.option.AlgOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel's cryptography, against the JDK's. */
@Tests(family = "ALG", type = "SOCK_SEQPACKET hash, skcipher")
class AlgIT {
    private static final int LENGTH = 10_000;
    private static final int DIGEST = 32;
    private static final int BLOCK = 16;

    private final byte[] data = new byte[LENGTH];
    private final byte[] key = new byte[BLOCK];

    @BeforeEach
    void available() throws IOException {
        Kernel.open(Domain.ALG, SocketType.SEQPACKET, 0).close();
        Random random = new Random(1);
        random.nextBytes(data);
        random.nextBytes(key);
    }

    private static Socket bound(String type, String name) throws IOException {
        return Kernel.bound(Kernel.open(Domain.ALG, SocketType.SEQPACKET, 0), new AlgAddress(type, name));
    }

    private static byte[] received(Socket operation, int length) throws IOException {
        ByteBuffer result = ByteBuffer.allocateDirect(length);
        assertEquals(length, operation.recv(result, 0));
        byte[] bytes = new byte[length];
        result.flip().get(bytes);
        return bytes;
    }

    @Test
    void sha256IsTheJdks() throws Exception {
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(data);
        try (Socket algorithm = bound("hash", "sha256");
                Socket operation = Objects.requireNonNull(algorithm.accept())) {
            for (int round = 0; round < 2; round++) { // an operation can be used again
                ByteBuffer all = ByteBuffer.allocateDirect(LENGTH).put(data).flip();
                operation.send(all.limit(LENGTH / 3), Linux.MSG_MORE);
                operation.send(all.limit(LENGTH), 0);
                assertArrayEquals(expected, received(operation, DIGEST));
            }
        }
    }

    @Test
    void hmacIsTheJdks() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        try (Socket algorithm = bound("hash", "hmac(sha256)")) {
            algorithm.setOption(AlgOptions.ALG_SET_KEY, key);
            try (Socket operation = Objects.requireNonNull(algorithm.accept())) {
                operation.send(ByteBuffer.wrap(data), 0);
                assertArrayEquals(mac.doFinal(data), received(operation, DIGEST));
            }
        }
    }

    @Test
    void aesInCbcModeIsTheJdksBothWays() throws Exception {
        byte[] iv = new byte[BLOCK];
        new Random(2).nextBytes(iv);
        byte[] plain = java.util.Arrays.copyOf(data, BLOCK * 20);
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        byte[] secret = cipher.doFinal(plain);
        try (Socket algorithm = bound("skcipher", "cbc(aes)")) {
            algorithm.setOption(AlgOptions.ALG_SET_KEY, key);
            try (Socket operation = Objects.requireNonNull(algorithm.accept());
                    Message message = new Message()) {
                assertArrayEquals(secret, crypt(operation, message, Linux.ALG_OP_ENCRYPT, iv, plain));
                assertArrayEquals(plain, crypt(operation, message, Linux.ALG_OP_DECRYPT, iv, secret));
            }
        }
    }

    private static byte[] crypt(Socket operation, Message message, int direction, byte[] iv, byte[] in)
            throws IOException {
        ByteBuffer vector = ByteBuffer.allocate(Integer.BYTES + iv.length).order(ByteOrder.nativeOrder());
        vector.putInt(iv.length).put(iv);
        message.outgoing()
                .clear()
                .putInt(Linux.SOL_ALG, Linux.ALG_SET_OP, direction)
                .put(Linux.SOL_ALG, Linux.ALG_SET_IV, vector.array());
        assertEquals(in.length, operation.sendMessage(message.data(ByteBuffer.wrap(in)), 0));
        return received(operation, in.length);
    }

    @Test
    void whatThereIsNotIsRefused() throws Exception {
        try (Socket socket = Kernel.open(Domain.ALG, SocketType.SEQPACKET, 0)) {
            Exception e = Kernel.assertFails(Errno.ENOENT, () -> socket.bind(new AlgAddress("hash", "md17")));
            assertTrue(e.toString().contains("alg:hash/md17"), e.toString());
        }
        try (Socket algorithm = bound("skcipher", "cbc(aes)")) {
            Kernel.assertFails(Errno.EINVAL, () -> algorithm.setOption(AlgOptions.ALG_SET_KEY, new byte[3]));
        }
    }
}
