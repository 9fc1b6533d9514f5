package io.sockfd.cli.ss;

import io.sockfd.cli.Json;
import io.sockfd.netlink.InetSocketView;
import io.sockfd.netlink.SocketView;
import io.sockfd.option.MemInfo;
import io.sockfd.option.TcpInfo;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The sockets as one line of JSON: an array of objects. Numbers stay numbers; what is not known is left out. */
final class JsonListing {
    private final Show show;
    private final Names names;

    JsonListing(Show show, Names names) {
        this.show = show;
        this.names = names;
    }

    String of(List<Entry> entries, Processes processes) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Entry entry : entries) {
            all.add(json(entry, processes));
        }
        return Json.line(all);
    }

    private Map<String, Object> json(Entry entry, Processes processes) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("netid", entry.netid());
        json.put("state", States.name(entry.state()));
        json.put("recvQ", entry.receiveQueue());
        json.put("sendQ", entry.sendQueue());
        json.put("local", endpoint(entry, entry.local(), true));
        if (!entry.peer().equals(Endpoint.NONE)) {
            json.put("peer", endpoint(entry, entry.peer(), false));
        }
        if (entry.isInternet() && entry.interfaceIndex() != 0) {
            json.put("interface", names.link(entry.interfaceIndex()));
        }
        if (entry.uid() >= 0) {
            json.put("uid", entry.uid());
        }
        json.put("inode", entry.inode());
        SocketView view = entry.view();
        if (view != null) {
            json.put("cookie", view.cookie());
        }
        if (view instanceof InetSocketView socket) {
            internet(socket, json);
        }
        MemInfo memory = view == null || !show.memory() ? null : view.memory();
        if (memory != null) {
            json.put("memory", memory);
        }
        if (show.processes()) {
            json.put("processes", processes.of(entry.inode()));
        }
        return json;
    }

    private void internet(InetSocketView socket, Map<String, Object> json) {
        if (socket.v6Only() >= 0) {
            json.put("v6only", socket.v6Only() == 1);
        }
        if (show.timers() && socket.timer() != 0) {
            json.put(
                    "timer",
                    Map.of(
                            "name",
                            socket.timerName(),
                            "millis",
                            socket.timerMillis(),
                            "retransmissions",
                            socket.retransmissions()));
        }
        TcpInfo info = show.info() ? socket.tcpInfo() : null;
        if (info != null) {
            json.put("tcpInfo", numbers(info));
            if (socket.congestion() != null) {
                json.put("congestion", socket.congestion());
            }
        }
    }

    /** Every number of TCP_INFO under the name that the library has for it, units and all. */
    private static Map<String, Object> numbers(TcpInfo info) {
        Map<String, Object> numbers = new TreeMap<>();
        for (Method method : TcpInfo.class.getDeclaredMethods()) {
            if (!Modifier.isPublic(method.getModifiers()) || method.getParameterCount() > 0) {
                continue;
            }
            try {
                Object value = method.invoke(info);
                if (value instanceof OptionalLong told) {
                    told.ifPresent(number -> numbers.put(method.getName(), number));
                } else if (value instanceof Number && !method.getName().equals("length")) {
                    numbers.put(method.getName(), value);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        numbers.remove("hashCode");
        return numbers;
    }

    private Map<String, Object> endpoint(Entry entry, Endpoint end, boolean local) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (entry.family()) {
            case Linux.AF_UNIX -> {
                if (end.name() != null) {
                    json.put("name", end.name());
                }
                json.put("inode", end.port());
            }
            case Linux.AF_PACKET -> {
                json.put("protocol", end.protocol());
                if (end.port() != 0) {
                    json.put("interface", names.link((int) end.port()));
                }
            }
            case Linux.AF_NETLINK -> {
                json.put(local ? "protocol" : "group", end.protocol());
                json.put("portId", end.port());
            }
            default -> {
                String address = end.address() == null ? "" : Names.address(end.address());
                json.put("address", address.startsWith("[") ? address.substring(1, address.length() - 1) : address);
                json.put(entry.netid().equals("raw") ? "protocol" : "port", end.port());
            }
        }
        return json;
    }
}
