package io.sockfd.cli.ss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.cli.FailedException;
import io.sockfd.cli.kernel.Proc;
import io.sockfd.raw.Linux;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter language, on sockets that are made up. */
class FilterParserTest {
    private static final Entry WEB = inet("10.1.2.3", 80, "192.0.2.9", 40000);
    private static final Entry SIX = inet("2001:db8::1", 443, "2001:db8::2", 40001);
    private static final Entry MAPPED = inet("::ffff:10.1.2.3", 80, "::ffff:192.0.2.9", 1023);
    private static final Entry UNIX =
            new Entry("u_str", Linux.AF_UNIX, 1, 0, 0, Endpoint.unix("/run/x.sock", 80), Endpoint.NONE, 0, 0, 80, null);

    private static Entry inet(String local, int port, String remote, int peer) {
        InetAddress from = ip(local);
        int family = from instanceof Inet6Address ? Linux.AF_INET6 : Linux.AF_INET;
        return new Entry(
                "tcp",
                family,
                1,
                0,
                0,
                Endpoint.internet(from, port),
                Endpoint.internet(ip(remote), peer),
                port == 443 ? 7 : 0,
                0,
                1,
                null);
    }

    private static InetAddress ip(String text) {
        try {
            if (text.startsWith("::ffff:")) {
                byte[] mapped = new byte[16];
                mapped[10] = -1;
                mapped[11] = -1;
                System.arraycopy(InetAddress.getByName(text.substring(7)).getAddress(), 0, mapped, 12, 4);
                return Inet6Address.getByAddress(null, mapped, -1);
            }
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Filter filter(String text) {
        return FilterParser.parse(List.of(text.split(" ", -1)), new Names(true, Proc.self()), false);
    }

    /** w the web server, s IPv6, m IPv4-mapped, u UNIX. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sport = :80 ; wm",
                "sport = 80 ; wm",
                "sport 80 ; wm",
                "sport=80 ; wm",
                "sport != 80 ; s",
                "not sport = 80 ; su",
                "! sport = 80 ; su",
                "!sport=80 ; su",
                "dport >= 40000 ; ws",
                "dport > 40000 ; s",
                "dport lt :1024 ; m",
                "dport le 1023 ; m",
                "sport = 80 and dport = 40000 ; w",
                "sport = 80 dport = 40000 ; w",
                "sport = 443 or sport = 80 and dport = 40000 ; ws",
                "( sport = 443 or sport = 80 ) and dport = 40000 ; w",
                "(sport=443|sport=80)&&dport=40000 ; w",
                "not ( sport = 443 or sport = 80 ) ; u",
                "not not sport = 443 ; s",
                "src 10.1.2.3 ; wm",
                "src inet:10.1.2.3 ; w",
                "src 10.0.0.0/8 ; wm",
                "src 10.1.2.4/31 ; ''",
                "src 10.1.2.2/31 ; wm",
                "src 0.0.0.0/0 ; wm",
                "src inet:* ; w",
                "src 10.1.2.3:80 ; wm",
                "src 10.0.0.0/8:81 ; ''",
                "src 2001:db8::1 ; s",
                "src [2001:db8::1] ; s",
                "src [2001:db8::1]:443 ; s",
                "src [2001:db8::1]:444 ; ''",
                "dst 2001:db8::/32 ; s",
                "dst [2001:db8::]/32:40001 ; s",
                "src ::ffff:10.1.2.3 ; wm",
                "src *:443 ; s",
                "src :443 ; s",
                "src != 10.1.2.3 ; su",
                "src /run/* ; u",
                "src unix:/RUN/?.sock ; u",
                "src unix:/run ; ''",
                "dst unix: ; u",
                "dev 7 ; s",
                "dev != 7 ; wmu",
            })
    void chooses(String text, String expected) {
        Filter filter = filter(text);
        String chosen = (filter.matches(WEB) ? "w" : "")
                + (filter.matches(SIX) ? "s" : "")
                + (filter.matches(MAPPED) ? "m" : "")
                + (filter.matches(UNIX) ? "u" : "");
        assertEquals(expected, chosen);
    }

    @Test
    void withoutWordsAllPass() {
        assertTrue(FilterParser.parse(List.of(), new Names(true, Proc.self()), false)
                .matches(UNIX));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "sprot = 80 ; 'sprot' is no condition",
                "80 ; '80' is no condition",
                "src ; expected an address behind src (after 'src')",
                "sport = ; expected a port behind sport (after 'sport =')",
                "sport = 65536 ; '65536' is no port",
                "sport = nosuchservice ; 'nosuchservice' is no port",
                "src 10.0.0.0/33 ; the prefix of '10.0.0.0/33' is a number of 0 to 32",
                "src 2001:db8::/129 ; is a number of 0 to 128",
                "src 10.0.0.0/x ; is a number of 0 to 32",
                "src < 10.0.0.0 ; compared with = or !=",
                "dev nosuchlink ; there is no interface",
                "( sport = 80 ; '(' without ')'",
                "sport = 80 ) ; ')' without '('",
                "sport = 80 and ; expected a condition",
                "sport = 80 or ; expected a condition",
                "not ; expected a condition",
                "sport = 80 state listening ; 'state' comes before",
                "fwmark 1/2/3 ; MARK or MARK/MASK",
                "src no.such.host.invalid ; no host of this name",
            })
    void saysWhatIsWrong(String text, String problem) {
        String message = assertThrows(FailedException.class, () -> filter(text)).getMessage();
        assertTrue(String.valueOf(message).startsWith("filter: "), message);
        assertTrue(String.valueOf(message).contains(problem), message);
    }
}
