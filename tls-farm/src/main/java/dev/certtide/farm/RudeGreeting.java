package dev.certtide.farm;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a server says to a client of a protocol with STARTTLS that should not be said. */
public enum RudeGreeting implements Listener.Conversation {
    /** One line without an end. */
    ENDLESS_LINE {
        @Override
        public void hold(Socket connection) throws IOException {
            repeat(connection, "220-".concat("x".repeat(8_188)));
        }
    },
    /** A banner of SMTP or FTP that goes on for ever, line by line. */
    ENDLESS_BANNER {
        @Override
        public void hold(Socket connection) throws IOException {
            repeat(connection, "220-there is always one line more\r\n");
        }
    },
    /** Untagged lines of IMAP, which a client has to skip, for ever. */
    ENDLESS_UNTAGGED_LINES {
        @Override
        public void hold(Socket connection) throws IOException {
            repeat(connection, "* OK still here\r\n");
        }
    },
    /** Tags of XML, for ever. */
    ENDLESS_TAGS {
        @Override
        public void hold(Socket connection) throws IOException {
            repeat(connection, "<feature>");
        }
    },
    /** Zeros, for ever. */
    ENDLESS_ZEROS {
        @Override
        public void hold(Socket connection) throws IOException {
            repeat(connection, "\0".repeat(4_096));
        }
    },
    /** The greeting of SMTP, one byte every 100 ms, so that no read ever times out. */
    DRIP_FEED {
        @Override
        public void hold(Socket connection) throws IOException, InterruptedException {
            BlockingQueue<Object> never = new ArrayBlockingQueue<>(1);
            connection.getOutputStream().write("220-".getBytes(StandardCharsets.US_ASCII));
            while (never.poll(DRIP.toMillis(), TimeUnit.MILLISECONDS) == null) {
                connection.getOutputStream().write('.');
            }
        }
    },
    /** Not a word. */
    SILENCE {
        @Override
        public void hold(Socket connection) throws IOException {
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    },
    /** Closes at once. */
    HANG_UP {
        @Override
        public void hold(Socket connection) {
            // The listener closes.
        }
    },
    /** Something to disturb a terminal with, in the greeting of another protocol. */
    OTHER_PROTOCOL {
        @Override
        public void hold(Socket connection) throws IOException {
            connection
                    .getOutputStream()
                    .write("SSH-2.0-\u001b[2J\u0007OpenSSH_9.9\r\n".getBytes(StandardCharsets.ISO_8859_1));
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    };

    private static final Duration DRIP = Duration.ofMillis(100);

    private static void repeat(Socket connection, String text) throws IOException {
        byte[] packet = text.getBytes(StandardCharsets.ISO_8859_1);
        while (!connection.isClosed()) {
            connection.getOutputStream().write(packet);
        }
    }
}
