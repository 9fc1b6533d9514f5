package io.sockfd.netlink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What iproute2 says about the calling thread's network namespace: a child has its parent thread's. */
final class Tool {
    private static final int SECONDS = 30;

    private Tool() {}

    /** The lines that a program prints; skips the test where it is not installed. */
    static List<String> lines(String... command) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command[0]))),
                command[0] + " is not installed (iproute2)");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assertions.assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "it does not end");
        Assertions.assertEquals(0, process.exitValue(), String.join(" ", command));
        return out.lines().toList();
    }

    /** What {@code ip -json} prints: a list of objects. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "-json", "-details"));
        command.addAll(List.of(arguments));
        String text = String.join("", lines(command.toArray(String[]::new)));
        return text.isBlank() ? List.of() : (List<Map<String, Object>>) new Json(text).value();
    }

    /** As much JSON as ip(8) prints. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        private char peek() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.charAt(at);
        }

        private void expect(char c) {
            Assertions.assertEquals(c, peek(), "at " + at + " of " + text);
            at++;
        }

        private boolean another(char close) {
            if (peek() == ',') {
                at++;
                return true;
            }
            expect(close);
            return false;
        }

        Object value() {
            return switch (peek()) {
                case '[' -> list();
                case '{' -> object();
                case '"' -> string();
                default -> word();
            };
        }

        private List<Object> list() {
            List<Object> list = new ArrayList<>();
            expect('[');
            if (peek() == ']') {
                at++;
                return list;
            }
            do {
                list.add(value());
            } while (another(']'));
            return list;
        }

        private Map<String, Object> object() {
            Map<String, Object> map = new HashMap<>();
            expect('{');
            if (peek() == '}') {
                at++;
                return map;
            }
            do {
                if (peek() == '}') { // ip 6.1 prints a comma too many
                    at++;
                    break;
                }
                String name = string();
                expect(':');
                map.put(name, value());
            } while (another('}'));
            return map;
        }

        private String string() {
            expect('"');
            int end = text.indexOf('"', at); // no escapes in names of interfaces
            String string = text.substring(at, end);
            at = end + 1;
            return string;
        }

        private Object word() {
            int start = at;
            while (",]} \n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(start, at);
            return switch (word) {
                case "true" -> true;
                case "false" -> false;
                case "null" -> "null";
                default -> word.contains(".") ? (Object) Double.valueOf(word) : (Object) Long.valueOf(word);
            };
        }
    }
}
