package io.sockfd.cli.ss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.cli.FailedException;
import io.sockfd.raw.Linux;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, states and selections as ss(8) has them. */
class DetailsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0ms",
        "200, 200ms",
        "1000, 1sec",
        "1204, 1.204sec",
        "9999, 9.999sec",
        "13204, 13sec",
        "59999, 59sec",
        "60000, 1min",
        "61500, 1min1sec",
        "7200000, 120min"
    })
    void durations(long millis, String text) {
        assertEquals(text, Details.duration(millis));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.004, 0.004", "204, 204", "200000, 200000", "1234567, 1234570", "0.0123456789, 0.0123457"})
    void numbers(double value, String text) {
        assertEquals(text, TcpInfoText.number(value, 6));
    }

    @Test
    void statesHaveNames() {
        for (int state = Linux.TCP_ESTABLISHED; state <= Linux.TCP_CLOSING; state++) {
            assertEquals(1 << state, States.parse(States.name(state)));
        }
        assertEquals(1 << Linux.TCP_LISTEN, States.parse("LISTENING"));
        assertEquals(States.ALL, States.parse("bucket") | States.parse("big"));
        assertEquals(States.ALL, States.parse("connected") | States.parse("listening") | States.parse("closed"));
        String message = assertThrows(FailedException.class, () -> States.parse("unknown"))
                .getMessage();
        assertTrue(String.valueOf(message).contains("established, syn-sent"), message);
    }

    @Test
    void aFamilyAloneIsAllItsTables() {
        Selection four = Selection.of(EnumSet.noneOf(SocketTable.class), true, false, 0);
        assertEquals(SocketTable.INTERNET, four.tables());
        assertTrue(four.ipv4() && !four.ipv6());
        Selection udp = Selection.of(EnumSet.of(SocketTable.UDP), false, false, 0);
        assertTrue(udp.ipv4() && udp.ipv6() && udp.hasOneKind() && udp.hasOneState());
        assertEquals(States.ESTABLISHED, udp.states());
        Selection none = Selection.of(EnumSet.noneOf(SocketTable.class), false, false, 0);
        assertEquals(EnumSet.allOf(SocketTable.class), none.tables());
        assertEquals(States.CONNECTED, none.states());
    }
}
