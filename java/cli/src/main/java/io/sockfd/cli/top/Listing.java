package io.sockfd.cli.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The flows, the fullest first, as lines of a table or as JSON. */
final class Listing {
    private static final int SHORT = 2;
    private static final int MIDDLE = 10;
    private static final double THOUSAND = 1000;
    private static final String UNITS = " kMGT";
    private static final int FIXED = 43;

    private final Map<Flow, Counter> flows = new HashMap<>();
    private final Counter all = new Counter();
    private final HostNames names;
    private final boolean bytes;

    Listing(HostNames names, boolean bytes) {
        this.names = names;
        this.bytes = bytes;
    }

    void add(Flow flow, long second, boolean outgoing, long length) {
        flows.computeIfAbsent(flow, f -> new Counter()).add(second, outgoing, length);
        all.add(second, outgoing, length);
    }

    private List<Map.Entry<Flow, Counter>> sorted(long second) {
        List<Map.Entry<Flow, Counter>> sorted = new ArrayList<>(flows.entrySet());
        sorted.sort(Comparator.comparingDouble(
                        (Map.Entry<Flow, Counter> e) -> -e.getValue().rate(second, MIDDLE))
                .thenComparingLong(e -> -e.getValue().sentBytes() - e.getValue().receivedBytes()));
        return sorted;
    }

    /** The whole interface, and what the columns are. */
    List<String> head(String device, long second, int columns) {
        String sum = String.format(
                Locale.ROOT,
                "%s: %s sent, %s received a second (2 s); %s, %s (40 s)",
                device,
                rate(all, true, second, SHORT),
                rate(all, false, second, SHORT),
                rate(all, true, second, Counter.SECONDS),
                rate(all, false, second, Counter.SECONDS));
        String total = String.format(
                Locale.ROOT,
                "%d flows, %d packets, %s sent, %s received in %d s",
                flows.size(),
                all.packets(),
                scaled((double) all.sentBytes(), "B"),
                scaled((double) all.receivedBytes(), "B"),
                second);
        return List.of(
                sum, total, line("Proto", "Local", "Remote", "Sent", "Received", "10 s", "Total", width(columns)));
    }

    List<String> lines(long second, int columns) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Flow, Counter> entry : sorted(second)) {
            Flow flow = entry.getKey();
            Counter counter = entry.getValue();
            lines.add(line(
                    flow.protocolName(),
                    end(names.of(flow.local()), flow.localPort()),
                    end(names.of(flow.remote()), flow.remotePort()),
                    rate(counter, true, second, SHORT),
                    rate(counter, false, second, SHORT),
                    scaled(counter.rate(second, MIDDLE) * unit(), suffix()),
                    scaled((double) (counter.sentBytes() + counter.receivedBytes()), "B"),
                    width(columns)));
        }
        return lines;
    }

    /** What JSON says: bytes, and bytes a second. */
    Map<String, Object> json(String device, long second) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("interface", device);
        json.put("seconds", second);
        json.put("packets", all.packets());
        json.put("sentBytes", all.sentBytes());
        json.put("receivedBytes", all.receivedBytes());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map.Entry<Flow, Counter> entry : sorted(second)) {
            Flow flow = entry.getKey();
            Counter counter = entry.getValue();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("protocol", flow.protocolName());
            row.put("local", flow.local().getHostAddress());
            if (flow.localPort() >= 0) {
                row.put("localPort", flow.localPort());
                row.put("remotePort", flow.remotePort());
            }
            row.put("remote", flow.remote().getHostAddress());
            row.put("packets", counter.packets());
            row.put("sentBytes", counter.sentBytes());
            row.put("receivedBytes", counter.receivedBytes());
            row.put("sentRate", counter.rate(true, second, MIDDLE));
            row.put("receivedRate", counter.rate(false, second, MIDDLE));
            rows.add(row);
        }
        json.put("flows", rows);
        return json;
    }

    private static int width(int columns) {
        return Math.max(12, (columns - FIXED) / 2);
    }

    private static String line(
            String protocol,
            String local,
            String remote,
            String sent,
            String received,
            String mean,
            String total,
            int w) {
        String form = "%-6s %-" + w + "s %-" + w + "s %8s %8s %8s %8s";
        return String.format(Locale.ROOT, form, protocol, cut(local, w), cut(remote, w), sent, received, mean, total);
    }

    /** The port stays: what is cut is the middle of a name. */
    private static String cut(String end, int width) {
        if (end.length() <= width) {
            return end;
        }
        int behind = Math.min(width - 2, end.length() - end.lastIndexOf(':'));
        behind = Math.max(behind, width / 2);
        return end.substring(0, width - 1 - behind) + "…" + end.substring(end.length() - behind);
    }

    private static String end(String host, int port) {
        return port < 0 ? host : host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    private String rate(Counter counter, boolean outgoing, long second, int seconds) {
        return scaled(counter.rate(outgoing, second, seconds) * unit(), suffix());
    }

    private int unit() {
        return bytes ? 1 : Byte.SIZE;
    }

    private String suffix() {
        return bytes ? "B" : "b";
    }

    /** Three digits and a unit: 0b, 12.3kb, 999Mb. */
    static String scaled(double value, String suffix) {
        double scaled = value;
        int unit = 0;
        while (scaled >= THOUSAND - 0.5 && unit + 1 < UNITS.length()) {
            scaled /= THOUSAND;
            unit++;
        }
        String digits = unit == 0 || scaled >= 99.95
                ? String.format(Locale.ROOT, "%.0f", scaled)
                : String.format(Locale.ROOT, scaled >= 9.995 ? "%.1f" : "%.2f", scaled);
        return digits + (unit == 0 ? "" : UNITS.substring(unit, unit + 1)) + suffix;
    }
}
