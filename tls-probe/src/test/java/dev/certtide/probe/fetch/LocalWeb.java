package dev.certtide.probe.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server on 127.0.0.1 that answers just what a test says, well or badly, and knows what it was asked for. */
public final class LocalWeb implements AutoCloseable {
    private final ServerSocket listener;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Writes an answer, headers and all. The connection is closed after it. */
    @FunctionalInterface
    public interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private LocalWeb() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static LocalWeb start() {
        LocalWeb web = new LocalWeb();
        Thread.ofVirtual().start(web::accept);
        return web;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The address of a path, by IP address. */
    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** Serves these bytes there from now on. */
    public URI serve(String path, byte[] content) {
        return answer(path, out -> {
            out.write(head("200 OK", "Content-Length: " + content.length));
            out.write(content);
        });
    }

    /** Answers so there from now on. */
    public URI answer(String path, Answer answer) {
        answers.put(path, answer);
        return at(path);
    }

    /** The paths that were asked for, in order. */
    public List<String> requests() {
        return requests;
    }

    public static byte[] head(String status, String... headers) {
        return ("HTTP/1.1 " + status + "\r\n" + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                Thread.ofVirtual().start(() -> converse(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void converse(Socket connection) {
        try (connection) {
            String request = readHead(connection.getInputStream());
            String path = request.split(" ")[1];
            requests.add(path);
            answers.getOrDefault(path, out -> out.write(head("404 Not Found", "Content-Length: 0")))
                    .write(connection.getOutputStream());
        } catch (IOException e) {
            // The client has gone: that is what some tests are about.
        }
    }

    private static String readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
