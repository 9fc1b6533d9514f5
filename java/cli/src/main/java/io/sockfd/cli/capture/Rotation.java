package io.sockfd.cli.capture;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The files of -w: one, or one after the other by their size (-C), by time (-G), so many of them (-W). */
final class Rotation implements Closeable {
    private static final long MILLION = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private final String name;
    private final int snapLength;
    private final long mostBytes;
    private final long mostNanos;
    private final int mostFiles;
    private @Nullable PacketFile file;
    private long begin = -1;
    private long bytes;
    private int number;

    Rotation(String name, int snapLength, long millions, long seconds, int files) {
        this.name = name;
        this.snapLength = snapLength;
        mostBytes = millions * MILLION;
        mostNanos = seconds * SECOND;
        mostFiles = files;
    }

    /** Makes the file, so that it is there when no packet comes. */
    void begin(int linkType, long nanos) throws IOException {
        if (file == null) {
            begin = nanos;
            file = new PacketFile(name(nanos), snapLength, linkType);
        }
    }

    boolean isBegun() {
        return file != null;
    }

    /** Writes the packet; false when it would begin one file too many of -G, and the capture is done. */
    boolean write(Source source) throws IOException {
        long now = source.timestampNanos();
        begin(source.linkType(), now);
        boolean late = mostNanos > 0 && now - begin >= mostNanos;
        boolean full = mostBytes > 0 && bytes > mostBytes;
        if (late || full) {
            number++;
            if (mostNanos > 0 && mostFiles > 0 && number >= mostFiles) {
                return false;
            }
            close();
            begin = late ? begin + (now - begin) / mostNanos * mostNanos : begin;
            bytes = 0;
            file = new PacketFile(name(begin), snapLength, source.linkType());
        }
        if (file != null) {
            file.write(source);
            bytes += 16 + source.data().remaining();
        }
        return true;
    }

    /** The time in it, then a number, as tcpdump has them; with -W they come round. */
    private String name(long nanos) {
        String timed = mostNanos > 0 ? timed(nanos) : name;
        if (mostBytes == 0) {
            return timed;
        } else if (mostFiles > 0 && mostNanos == 0) {
            int digits = String.valueOf(mostFiles - 1).length();
            return timed + String.format(Locale.ROOT, "%0" + digits + "d", number % mostFiles);
        }
        return number == 0 ? timed : timed + number;
    }

    /** With the fields of strftime(3) that names of files have. */
    private String timed(long nanos) {
        ZonedDateTime time = Instant.ofEpochSecond(nanos / SECOND).atZone(ZoneId.systemDefault());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '%' || i + 1 == name.length()) {
                text.append(c);
                continue;
            }
            char field = name.charAt(++i);
            String pattern = switch (field) {
                case 'Y' -> "yyyy";
                case 'y' -> "yy";
                case 'm' -> "MM";
                case 'd' -> "dd";
                case 'H' -> "HH";
                case 'M' -> "mm";
                case 'S' -> "ss";
                case 'j' -> "DDD";
                case 'F' -> "yyyy-MM-dd";
                case 'T' -> "HH:mm:ss";
                default -> "";
            };
            if (field == 's') {
                text.append(time.toEpochSecond());
            } else if (pattern.isEmpty()) {
                text.append(field == '%' ? "%" : "%" + field);
            } else {
                text.append(DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time));
            }
        }
        return text.toString();
    }

    boolean isWritten() {
        return file == null || file.isWritten();
    }

    void flush() throws IOException {
        if (file != null) {
            file.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
