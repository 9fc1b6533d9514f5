package io.sockfd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import jdk.net.UnixDomainPrincipal;

/** The value of {@code ExtendedSocketOptions.SO_PEERCRED}, apart because it alone needs a class of the module jdk.net. */
final class PeerPrincipal {
    static final Codec<UnixDomainPrincipal> CODEC =
            Codecs.decoding(UnixDomainPrincipal.class, io.sockfd.raw.struct.Ucred.SIZE, PeerPrincipal::decode);

    private PeerPrincipal() {}

    private static UnixDomainPrincipal decode(ByteBuffer b, int length) {
        UserPrincipalLookupService service = FileSystems.getDefault().getUserPrincipalLookupService();
        try {
            return new UnixDomainPrincipal(
                    service.lookupPrincipalByName(name("/etc/passwd", io.sockfd.raw.struct.Ucred.uid(b, 0))),
                    service.lookupPrincipalByGroupName(name("/etc/group", io.sockfd.raw.struct.Ucred.gid(b, 0))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JDK's service looks up names and takes a number where it finds none; principals are equal by number. */
    private static String name(String file, int id) throws IOException {
        String number = Integer.toUnsignedString(id);
        Path path = Path.of(file);
        List<String> lines = Files.isReadable(path) ? Files.readAllLines(path) : List.of();
        for (String line : lines) {
            String[] fields = line.split(":", -1);
            if (fields.length > 2 && fields[2].equals(number)) {
                return fields[0];
            }
        }
        return number;
    }
}
