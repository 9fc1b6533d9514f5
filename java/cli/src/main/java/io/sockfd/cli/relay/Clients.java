package io.sockfd.cli.relay;

import static io.sockfd.raw.Linux.EPOLLIN;

import io.sockfd.Socket;
import io.sockfd.cli.endpoint.Connecting;
import io.sockfd.cli.endpoint.Endpoint;
import io.sockfd.event.EventLoop;
import io.sockfd.event.Registration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accepts clients, and connects each to the target. */
final class Clients implements Sessions {
    private final EventLoop loop;
    private final Carriers carriers;
    private final Target target;
    private final Totals totals;
    private final Set<Conversation> conversations = new LinkedHashSet<>();
    private final Deque<Socket> waiting = new ArrayDeque<>(); // accepted in one go with the last one that had room
    private @Nullable Registration listening;
    private int active;

    Clients(EventLoop loop, Carriers carriers, Target target, Totals totals) {
        this.loop = loop;
        this.carriers = carriers;
        this.target = target;
        this.totals = totals;
    }

    @Override
    public void serve(Socket listener) throws IOException {
        listener.listen();
        listening = loop.accept(listener, this::accepted);
    }

    private void accepted(Socket client) throws IOException {
        if (active < target.most()) {
            begin(client);
        } else {
            waiting.add(client);
        }
        if (active == target.most() && listening != null) {
            listening.modify(0);
        }
    }

    private void begin(Socket client) {
        active++;
        totals.begin();
        connect(client, 0);
    }

    private void connect(Socket client, int index) {
        Endpoint endpoint = target.endpoint();
        Connecting.begin(
                loop,
                endpoint.addresses().get(index),
                endpoint.type(),
                target.patience(),
                connected -> converse(client, connected),
                failure -> {
                    if (index + 1 < endpoint.addresses().size() && client.isOpen()) {
                        connect(client, index + 1);
                        return;
                    }
                    totals.fail(String.valueOf(failure.getMessage()));
                    try {
                        client.close();
                    } catch (IOException e) {
                        // it is gone in any case
                    }
                    next();
                });
    }

    private void converse(Socket client, Socket connected) throws IOException {
        Conversation conversation = new Conversation(loop, carriers, client, connected, this::ended);
        conversations.add(conversation);
        try {
            conversation.begin();
        } catch (IOException e) {
            conversation.close(String.valueOf(e.getMessage()));
        }
    }

    private void ended(Conversation conversation, String failure) {
        conversations.remove(conversation);
        totals.add(conversation.bytesThere(), conversation.bytesBack());
        if (!failure.isEmpty()) {
            totals.fail(failure);
        }
        next();
    }

    private void next() {
        active--;
        if (target.once()) {
            loop.stop(Duration.ZERO);
            return;
        }
        Socket client = waiting.poll();
        if (client != null) {
            begin(client);
        } else if (listening != null && listening.isValid() && listening.events() == 0) {
            try {
                listening.modify(EPOLLIN);
            } catch (IOException e) {
                totals.say(String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public String line() {
        long there = conversations.stream().mapToLong(Conversation::bytesThere).sum();
        long back = conversations.stream().mapToLong(Conversation::bytesBack).sum();
        return totals.line(active, there, back);
    }

    @Override
    public void close() throws IOException {
        for (Conversation conversation : Set.copyOf(conversations)) {
            conversation.release();
        }
        for (Socket client : waiting) {
            client.close();
        }
    }
}
