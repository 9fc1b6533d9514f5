package io.sockfd.cli.serve;

import java.util.ArrayList;
import java.util.List;

/** Requests from parts: well made ones, and those that RFC 9112 and 9110 tell a server to refuse. */
final class RequestGrammar {
    /** What an answer has to be. */
    enum Verdict {
        /** As nginx. */
        GOOD,
        /** 400, whatever nginx says. */
        BAD,
        /** No success, and none where nginx has none. */
        STRICT,
        /** As nginx, or as if the malformed field were not there: RFC 9110 section 14.2. */
        IGNORED
    }

    /** A request, all of it; the server closes after its answer at the latest. */
    record Case(String name, Verdict verdict, String bytes) {}

    private static final String END = "Connection: close\r\n\r\n";
    private static final String HOST = "Host: localhost\r\n";

    private RequestGrammar() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        targets(cases);
        methodsAndVersions(cases);
        names(cases);
        values(cases);
        hosts(cases);
        bodies(cases);
        lines(cases);
        conditions(cases);
        return cases;
    }

    private static void add(List<Case> cases, String name, Verdict verdict, String bytes) {
        cases.add(new Case(name, verdict, bytes));
    }

    private static void targets(List<Case> cases) {
        String[] good = {
            "/",
            "/file.txt",
            "/file.txt?",
            "/file.txt?a=b&c=%20",
            "/sub/",
            "/sub",
            "/sub/index.html",
            "/none",
            "/none/",
            "/none/x",
            "/file.txt/",
            "/file.txt/x",
            "//file.txt",
            "/./file.txt",
            "/sub/./",
            "/sub//",
            "/sub/.",
            "/%66ile.txt",
            "/file%2etxt",
            "/sub%2f",
            "/empty.txt",
            "/a%20b.txt",
            "/%C3%A4.txt",
            "/FILE.txt",
            "/file.txt%20",
            "/file.txt.",
            "/~",
            "/a;b",
            "/a,b",
            "/a:b",
            "/a@b",
            "/a!$&'()*+=",
            "/?",
            "/??",
            "/?/../..",
            "/sub?x",
            "/sub/?x",
            "/in/",
            "/in",
            "/file.txt??",
            "/%2e/file.txt",
            "/?%00"
        };
        for (String method : new String[] {"GET", "HEAD"}) {
            for (String target : good) {
                for (String prefix : new String[] {"", "http://localhost", "http://other:81"}) {
                    for (String version : new String[] {"1.0", "1.1"}) {
                        String bytes = method + " " + prefix + target + " HTTP/" + version + "\r\n" + HOST + END;
                        add(cases, method + " " + prefix + target + " " + version, Verdict.GOOD, bytes);
                    }
                }
            }
            String[] bad = {
                "file.txt",
                "*",
                "localhost:80",
                "",
                "/%",
                "/%0",
                "/%zz",
                "/%00",
                "/a%00.txt",
                "/file.txt%",
                "/\u0001",
                "/\u007f",
                "/a\tb",
                "http:/file.txt",
                "http//x"
            };
            for (String target : bad) {
                for (String version : new String[] {"1.0", "1.1"}) {
                    String bytes = method + " " + target + " HTTP/" + version + "\r\n" + HOST + END;
                    add(cases, method + " '" + target + "' " + version, Verdict.BAD, bytes);
                }
            }
            String[] outside = {
                "/..",
                "/../",
                "/../secret",
                "/%2e%2e/secret",
                "/.%2e/secret",
                "/..%2fsecret",
                "/sub/../../secret",
                "/sub/%2e%2e/%2e%2e/secret",
                "/....//secret",
                "/..\\secret",
                "/%5c..%5csecret",
                "/..;/secret",
                "/%2e%2e%2fsecret",
                "/%252e%252e/secret",
                "/%c0%ae%c0%ae/secret",
                "/out",
                "//../secret",
                "/./../secret",
                "/..%00/secret"
            };
            for (String target : outside) {
                add(cases, method + " " + target, Verdict.STRICT, method + " " + target + " HTTP/1.1\r\n" + HOST + END);
            }
        }
    }

    private static void methodsAndVersions(List<Case> cases) {
        for (String method : new String[] {"PUT", "DELETE", "OPTIONS", "PATCH", "FOO", "GETX", "TRACE"}) {
            add(cases, method, Verdict.STRICT, method + " /file.txt HTTP/1.1\r\n" + HOST + END);
        }
        for (String method :
                new String[] {"G@T", "GE\tT", "GET\u0000", "(GET)", "GET:", "G\"T", "{}", "\u0001", "GET\u00e4"}) {
            add(cases, "method " + method, Verdict.BAD, method + " /file.txt HTTP/1.1\r\n" + HOST + END);
        }
        String[] wrong = {
            "HTTP",
            "HTTP/",
            "HTTP/1",
            "HTTP/1.",
            "HTTP/.1",
            "HTTP/1.1x",
            "HTTP/x.1",
            "http/1.1",
            "HTTP 1.1",
            "HTTP/11",
            "HTP/1.1",
            "HTTP/1,1",
            "HTTP/1.1\t",
            "HTTP/-1.1",
            "HTTP/1.1 x",
            " HTTP/1.1",
            "HTTPS/1.1",
            "HTTP/01.1",
            "HTTP/1.01"
        };
        for (String version : wrong) {
            add(cases, "version '" + version + "'", Verdict.BAD, "GET /file.txt " + version + "\r\n" + HOST + END);
        }
        add(cases, "two spaces", Verdict.BAD, "GET  /file.txt HTTP/1.1\r\n" + HOST + END);
        add(cases, "a tab", Verdict.BAD, "GET\t/file.txt HTTP/1.1\r\n" + HOST + END);
        add(cases, "a space before", Verdict.BAD, " GET /file.txt HTTP/1.1\r\n" + HOST + END);
        add(cases, "HTTP/2.0", Verdict.STRICT, "GET /file.txt HTTP/2.0\r\n" + HOST + END);
        add(cases, "HTTP/0.9", Verdict.STRICT, "GET /file.txt HTTP/0.9\r\n" + HOST + END);
    }

    /** Every byte in a name and around it. */
    private static void names(List<Case> cases) {
        String token = "!#$%&'*+-.^_`|~";
        for (int c = 0; c < 256; c++) {
            if (c == '\n' || c == ':') {
                continue; // ends a line, ends a name
            }
            boolean good = c < 128 && (Character.isLetterOrDigit(c) || token.indexOf(c) >= 0);
            String field = "X" + (char) c + "Y: z\r\n";
            Verdict verdict = good ? Verdict.GOOD : Verdict.BAD;
            add(
                    cases,
                    "name with 0x" + Integer.toHexString(c),
                    verdict,
                    "GET /file.txt HTTP/1.1\r\n" + HOST + field + END);
        }
        String[] bad = {
            "X : y",
            "X\t: y",
            ": y",
            " : y",
            "X",
            "X y",
            "Host : localhost",
            "\u0000X: y",
            "X\u0000: y",
            "Content-Length : 5",
            " X: y",
            "\tX: y",
            "X: y\r\n z",
            "X: y\r\n\tz",
            "X: y\r\n \r\n z",
            "=",
            "Transfer-Encoding : chunked"
        };
        for (String field : bad) {
            add(
                    cases,
                    "field '" + field + "'",
                    Verdict.BAD,
                    "GET /file.txt HTTP/1.1\r\n" + HOST + field + "\r\n" + END);
            add(
                    cases,
                    "first '" + field + "'",
                    Verdict.BAD,
                    "GET /file.txt HTTP/1.1\r\n" + field + "\r\n" + HOST + END);
            add(cases, "1.0 '" + field + "'", Verdict.BAD, "GET /file.txt HTTP/1.0\r\n" + field + "\r\n" + END);
        }
    }

    private static void values(List<Case> cases) {
        for (int c = 0; c < 256; c++) {
            if (c == '\n') {
                continue;
            }
            // RFC 9110 5.5: CR, LF and NUL must go; other control characters may be refused, and are here
            Verdict verdict = c == 0 || c == '\r'
                    ? Verdict.BAD
                    : (c < ' ' && c != '\t') || c == 0x7f ? Verdict.STRICT : Verdict.GOOD;
            String field = "X: a" + (char) c + "b\r\n";
            add(
                    cases,
                    "value with 0x" + Integer.toHexString(c),
                    verdict,
                    "GET /file.txt HTTP/1.1\r\n" + HOST + field + END);
        }
        for (String value : new String[] {"", " ", "\t", " a ", "\ta\t", ":", "::", "a:b", "\"a\"", "a,b", "\u00e4"}) {
            add(
                    cases,
                    "value '" + value + "'",
                    Verdict.GOOD,
                    "GET /file.txt HTTP/1.1\r\n" + HOST + "X:" + value + "\r\n" + END);
        }
    }

    private static void hosts(List<Case> cases) {
        for (String version : new String[] {"1.0", "1.1"}) {
            String first = "GET /file.txt HTTP/" + version + "\r\n";
            for (String host : new String[] {
                "localhost",
                "localhost:80",
                "127.0.0.1",
                "[::1]",
                "[::1]:8080",
                "a.b.c",
                "LOCALHOST",
                "x-y_z",
                "a.",
                "%41",
                "a:"
            }) {
                add(cases, version + " host " + host, Verdict.GOOD, first + "Host: " + host + "\r\n" + END);
                add(cases, version + " host in blanks " + host, Verdict.GOOD, first + "hOST:  " + host + " \r\n" + END);
            }
            for (String host : new String[] {
                "a b", "a/b", "a@b", "a\"b", "a<b", "a\\b", "a\tb", "a,b c", "a\u0000", "a#b", "a?b", "a..b"
            }) {
                Verdict verdict = host.contains("..") ? Verdict.STRICT : Verdict.BAD;
                add(cases, version + " host '" + host + "'", verdict, first + "Host: " + host + "\r\n" + END);
            }
            for (String second :
                    new String[] {"Host: localhost", "host: localhost", "HOST: other", "Host:", "Host: a, b"}) {
                add(cases, version + " two hosts " + second, Verdict.BAD, first + HOST + second + "\r\n" + END);
                add(
                        cases,
                        version + " two hosts apart " + second,
                        Verdict.BAD,
                        first + HOST + "X: y\r\n" + second + "\r\n" + END);
            }
            add(cases, version + " empty host", Verdict.STRICT, first + "Host:\r\n" + END);
        }
        add(cases, "no host", Verdict.BAD, "GET /file.txt HTTP/1.1\r\n" + END);
        add(cases, "no host, absolute", Verdict.BAD, "GET http://localhost/file.txt HTTP/1.1\r\n" + END);
        add(cases, "no host in 1.0", Verdict.GOOD, "GET /file.txt HTTP/1.0\r\n" + END);
    }

    private static void bodies(List<Case> cases) {
        for (String version : new String[] {"1.0", "1.1"}) {
            String first = "GET /file.txt HTTP/" + version + "\r\n" + HOST;
            add(cases, version + " no body", Verdict.GOOD, first + "Content-Length: 0\r\n" + END);
            for (String length : new String[] {
                "",
                "x",
                "-1",
                "+1",
                "0x1",
                "1 1",
                "1,2",
                "1, 1",
                "1.0",
                "1e1",
                "99999999999999999999999",
                "-0",
                "\u0000",
                "1;",
                "1\t1"
            }) {
                add(
                        cases,
                        version + " length '" + length + "'",
                        Verdict.BAD,
                        first + "Content-Length: " + length + "\r\n" + END);
            }
            for (String a : new String[] {"0", "1", "5"}) {
                for (String b : new String[] {"0", "1", "5"}) {
                    String fields = "Content-Length: " + a + "\r\ncontent-length: " + b + "\r\n";
                    add(
                            cases,
                            version + " lengths " + a + " " + b,
                            a.equals(b) ? Verdict.STRICT : Verdict.BAD,
                            first + fields + END + "hello");
                }
                for (String coding : new String[] {"chunked", "Chunked", "identity", "gzip, chunked", "xchunked"}) {
                    String te = "Transfer-Encoding: " + coding + "\r\n";
                    String cl = "Content-Length: " + a + "\r\n";
                    add(cases, version + " length and " + coding, Verdict.BAD, first + cl + te + END + "0\r\n\r\n");
                    add(
                            cases,
                            version + " " + coding + " and length",
                            Verdict.BAD,
                            first + te + cl + END + "0\r\n\r\n");
                }
            }
            for (String coding : new String[] {
                "gzip", "identity", "chunked, gzip", "", "x", "\u000bchunked", "chunked;q=1", "'chunked'"
            }) {
                add(
                        cases,
                        version + " coding '" + coding + "'",
                        Verdict.STRICT,
                        first + "Transfer-Encoding: " + coding + "\r\n" + END + "0\r\n\r\n");
            }
            add(
                    cases,
                    version + " two codings",
                    Verdict.BAD,
                    first + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" + END + "0\r\n\r\n");
        }
        add(
                cases,
                "coding in 1.0",
                Verdict.STRICT,
                "GET /file.txt HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }

    private static void lines(List<Case> cases) {
        String good = "GET /file.txt HTTP/1.1\r\n" + HOST + END;
        add(cases, "LF alone", Verdict.GOOD, good.replace("\r\n", "\n"));
        add(cases, "an empty line before", Verdict.GOOD, "\r\n" + good);
        add(cases, "a CR before", Verdict.BAD, "\r" + good);
        add(cases, "CR CR LF", Verdict.BAD, good.replaceFirst("localhost\r\n", "localhost\r\r\n"));
        add(cases, "CR in the first line", Verdict.BAD, good.replaceFirst("HTTP/1.1", "HTTP/1.1\rX: y"));
        add(cases, "CR for CR LF", Verdict.BAD, good.replaceFirst("localhost\r\n", "localhost\rX: y\r\n"));
        for (int at = 1; at < 21; at++) {
            add(cases, "NUL at " + at, Verdict.BAD, good.substring(0, at) + "\u0000" + good.substring(at));
            add(cases, "CR at " + at, Verdict.BAD, good.substring(0, at) + "\r" + good.substring(at));
        }
        for (int at = 24; at < 39; at++) {
            add(cases, "NUL at " + at, Verdict.BAD, good.substring(0, at) + "\u0000" + good.substring(at));
            if (at < 38) {
                add(cases, "CR at " + at, Verdict.BAD, good.substring(0, at) + "\r" + good.substring(at));
            }
        }
    }

    private static void conditions(List<Case> cases) {
        String[] ranges = {
            "bytes=0-0",
            "bytes=0-",
            "bytes=-1",
            "bytes=-0",
            "bytes=1-3",
            "bytes=3-1",
            "bytes=100-",
            "bytes=0-100",
            "bytes=-100",
            "bytes=9-9",
            "bytes=10-10",
            "bytes=11-",
            "bytes=-",
            "bytes=",
            "items=0-1",
            "bytes",
            "bytes=a-b",
            "bytes=0-x",
            "Bytes=0-1"
        };
        for (String range : ranges) {
            for (String target : new String[] {"/file.txt", "/none"}) {
                for (String method : new String[] {"GET", "HEAD"}) {
                    boolean same = range.matches("bytes=([0-9]*-[0-9]*)") && !range.equals("bytes=-");
                    add(
                            cases,
                            method + " " + target + " Range: " + range,
                            same ? Verdict.GOOD : Verdict.IGNORED,
                            method + " " + target + " HTTP/1.1\r\n" + HOST + "Range: " + range + "\r\n" + END);
                }
            }
        }
        for (String date : new String[] {"", "x", "Thu, 01 Jan 1970 00:00:00 GMT", "0"}) {
            add(
                    cases,
                    "If-Modified-Since: " + date,
                    Verdict.GOOD,
                    "GET /file.txt HTTP/1.1\r\n" + HOST + "If-Modified-Since: " + date + "\r\n" + END);
        }
    }
}
