package dev.certtide.farm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a server says that does not hold a TLS handshake as it should. To be given to {@link Listener#start}. */
public enum Misbehaviour implements Listener.Conversation {
    /** Takes the connection and never says a word. */
    SILENCE {
        @Override
        public void hold(Socket connection) throws IOException {
            readToEnd(connection.getInputStream());
        }
    },
    /** Answers the client hello with the fatal alert {@code handshake_failure} (RFC 8446, 6.2). */
    HANDSHAKE_FAILURE_ALERT {
        @Override
        public void hold(Socket connection) throws IOException {
            readRecord(connection.getInputStream());
            send(connection, ALERT, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28);
            connection.shutdownOutput();
            readToEnd(connection.getInputStream());
        }
    },
    /** Answers with the fatal alert {@code unrecognized_name} (RFC 6066, 3), as servers do that have no default host. */
    UNRECOGNIZED_NAME_ALERT {
        @Override
        public void hold(Socket connection) throws IOException {
            readRecord(connection.getInputStream());
            send(connection, ALERT, 0x03, 0x03, 0x00, 0x02, 0x02, 0x70);
            connection.shutdownOutput();
            readToEnd(connection.getInputStream());
        }
    },
    /** Closes in good order after the client hello. */
    CLOSE_AFTER_HELLO {
        @Override
        public void hold(Socket connection) throws IOException {
            readRecord(connection.getInputStream());
        }
    },
    /** Resets the connection after the client hello. */
    RESET_AFTER_HELLO {
        @Override
        public void hold(Socket connection) throws IOException {
            readRecord(connection.getInputStream());
            reset(connection);
        }
    },
    /** Resets the connection at once. */
    RESET_AT_ONCE {
        @Override
        public void hold(Socket connection) throws IOException {
            reset(connection);
        }
    },
    /** Speaks, but not TLS. */
    PLAIN_TEXT {
        @Override
        public void hold(Socket connection) throws IOException {
            readRecord(connection.getInputStream());
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes());
        }
    },
    /** Announces a handshake message and sends it one byte every 200 ms, so that no read ever times out. */
    DRIP_FEED {
        @Override
        public void hold(Socket connection) throws IOException, InterruptedException {
            readRecord(connection.getInputStream());
            send(connection, HANDSHAKE, 0x03, 0x03, 0x40, 0x00, SERVER_HELLO, 0x00, 0x3f, 0xfc);
            BlockingQueue<Object> never = new ArrayBlockingQueue<>(1);
            while (never.poll(DRIP.toMillis(), TimeUnit.MILLISECONDS) == null) {
                send(connection, 0);
            }
        }
    },
    /** Sends handshake records of garbage for as long as the client listens. */
    ENDLESS_GARBAGE {
        @Override
        public void hold(Socket connection) throws IOException {
            readRecord(connection.getInputStream());
            // One handshake message of 16 MB, in as many full records as the client takes, over and over.
            byte[] record = new byte[5 + 0x4000];
            header(record, HANDSHAKE, 0x4000);
            record[5] = SERVER_HELLO;
            record[6] = (byte) 0xff;
            record[7] = (byte) 0xff;
            record[8] = (byte) 0xff;
            repeat(connection, record);
        }
    },
    /** Sends warning alerts, which ask for no answer, for as long as the client listens. */
    ENDLESS_WARNINGS {
        @Override
        public void hold(Socket connection) throws IOException {
            readRecord(connection.getInputStream());
            byte[] unrecognizedName = {ALERT, 0x03, 0x03, 0x00, 0x02, 0x01, 0x70};
            repeat(connection, unrecognizedName);
        }
    },
    /** Sends empty handshake records for as long as the client listens. */
    ENDLESS_EMPTY_RECORDS {
        @Override
        public void hold(Socket connection) throws IOException {
            readRecord(connection.getInputStream());
            repeat(connection, new byte[] {HANDSHAKE, 0x03, 0x03, 0x00, 0x00});
        }
    },
    /** Announces a record of 65,535 bytes, four times what is allowed, and sends nothing of it. */
    HUGE_RECORD {
        @Override
        public void hold(Socket connection) throws IOException {
            readRecord(connection.getInputStream());
            send(connection, HANDSHAKE, 0x03, 0x03, 0xff, 0xff);
            readToEnd(connection.getInputStream());
        }
    };

    private static final byte ALERT = 21;
    private static final byte HANDSHAKE = 22;
    private static final byte SERVER_HELLO = 2;
    private static final Duration DRIP = Duration.ofMillis(200);

    /** Reads one TLS record, which a client hello fits into; closing with it unread would reset the connection. */
    private static void readRecord(InputStream received) throws IOException {
        byte[] header = received.readNBytes(5);
        if (header.length == 5) {
            received.readNBytes((header[3] & 0xff) << 8 | header[4] & 0xff);
        }
    }

    private static void readToEnd(InputStream received) throws IOException {
        received.transferTo(OutputStream.nullOutputStream());
    }

    private static void send(Socket connection, int... bytes) throws IOException {
        byte[] packet = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            packet[i] = (byte) bytes[i];
        }
        connection.getOutputStream().write(packet);
    }

    private static void header(byte[] record, byte type, int length) {
        record[0] = type;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (length >> 8);
        record[4] = (byte) length;
    }

    /** Ends with the exception that a client's leaving gives. */
    private static void repeat(Socket connection, byte[] packet) throws IOException {
        OutputStream sent = connection.getOutputStream();
        while (!connection.isClosed()) {
            sent.write(packet);
        }
    }

    private static void reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0); // Linger 0 makes the close a reset.
        connection.close();
    }
}
