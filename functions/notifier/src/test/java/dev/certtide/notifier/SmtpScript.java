package dev.certtide.notifier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server on loopback that says what it is told to say, and remembers what it heard. */
final class SmtpScript implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers;

    /** Answers commands that begin so with that line; all others as a friendly server does. */
    SmtpScript(Map<String, String> answers) throws IOException {
        this.answers = answers;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> heard() {
        return heard;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                talk(socket);
            } catch (IOException gone) {
                // The client has gone, or the test is over.
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        say(socket, answer("GREETING", "220 hello"));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            var command = line.split("[ :]", 2)[0];
            switch (command) {
                case "DATA" -> {
                    var answer = answer("DATA", "354 go on");
                    say(socket, answer);
                    if (!answer.startsWith("354")) {
                        continue;
                    }
                    for (var text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
                        heard.add(text);
                    }
                    say(socket, answer(".", "250 taken"));
                }
                case "EHLO" -> say(socket, answer("EHLO", "250 hello"));
                case "QUIT" -> say(socket, "221 bye");
                default -> say(socket, answer(command, "250 fine"));
            }
        }
    }

    private String answer(String command, String otherwise) {
        return answers.getOrDefault(command, otherwise);
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
