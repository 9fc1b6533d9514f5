package io.sockfd.cli.capture;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time of a packet, in the form that -t to -ttttt choose. */
final class PacketClock {
    private static final long SECOND = 1_000_000_000;
    private static final int MICRO = 1000;
    private static final DateTimeFormatter TIME = format("HH:mm:ss.SSSSSS ");
    private static final DateTimeFormatter DATE = format("yyyy-MM-dd HH:mm:ss.SSSSSS ");

    private final int form;
    private long before = -1;

    PacketClock(int form) {
        this.form = form;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneId.systemDefault());
    }

    void append(long nanos, StringBuilder text) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
        switch (form) {
            case 0 -> TIME.formatTo(instant, text);
            case 1 -> {
                // none
            }
            case 2 ->
                text.append(
                        String.format(Locale.ROOT, "%d.%06d ", instant.getEpochSecond(), instant.getNano() / MICRO));
            case 4 -> DATE.formatTo(instant, text);
            default -> since(nanos, text);
        }
    }

    /** Whole microseconds, as the times themselves are shown. */
    private void since(long nanos, StringBuilder text) {
        long micros = nanos / MICRO;
        long difference = before < 0 ? 0 : micros - before;
        if (before < 0 || form == 3) {
            before = micros;
        }
        long most = Math.abs(difference);
        text.append(difference < 0 ? '-' : ' ');
        text.append(String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%06d ",
                most / 3_600_000_000L,
                most / 60_000_000 % 60,
                most / 1_000_000 % 60,
                most % 1_000_000));
    }
}
