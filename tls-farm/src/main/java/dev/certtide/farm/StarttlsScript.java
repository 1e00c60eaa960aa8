package dev.certtide.farm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Servers of protocols with STARTTLS, as far as the client hello: what well-known servers say, word by word. They break
 * off when a client says anything else than its specification has.
 */
public enum StarttlsScript {
    /** RFC 3207; in the words of Postfix. */
    SMTP {
        @Override
        void hold(Talk talk, Manner manner) throws IOException {
            talk.say("220-mail.certtide.test ESMTP Postfix\r\n220 No mail for strangers\r\n");
            talk.expectLine("EHLO .+");
            talk.say("250-mail.certtide.test\r\n250-PIPELINING\r\n"
                    + (manner == Manner.UNWILLING ? "" : "250-STARTTLS\r\n") + "250 8BITMIME\r\n");
            talk.expectLine("STARTTLS");
            talk.say("220 2.0.0 Ready to start TLS\r\n" + manner.injected("250 you are logged in\r\n"));
        }
    },
    /** RFC 9051, 6.2.1; in the words of Dovecot. */
    IMAP {
        @Override
        void hold(Talk talk, Manner manner) throws IOException {
            talk.say("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] Dovecot ready.\r\n");
            String tag = talk.expectLine("\\S+ STARTTLS").split(" ")[0];
            talk.say("* 0 EXISTS\r\n" + tag
                    + (manner == Manner.UNWILLING ? " BAD Unknown command\r\n" : " OK Begin TLS negotiation now.\r\n")
                    + manner.injected("* OK [ALERT] give me your password\r\n"));
        }
    },
    /** RFC 2595, 4; in the words of Dovecot. */
    POP3 {
        @Override
        void hold(Talk talk, Manner manner) throws IOException {
            talk.say("+OK Dovecot ready.\r\n");
            talk.expectLine("STLS");
            talk.say((manner == Manner.UNWILLING
                            ? "-ERR Unknown command: STLS\r\n"
                            : "+OK Begin TLS negotiation now.\r\n")
                    + manner.injected("+OK 1 message\r\n"));
        }
    },
    /** RFC 4217; in the words of ProFTPD. */
    FTP {
        @Override
        void hold(Talk talk, Manner manner) throws IOException {
            talk.say("220-Welcome\r\n 220 is not the end of a banner\r\n220 ProFTPD Server ready.\r\n");
            talk.expectLine("AUTH TLS");
            talk.say((manner == Manner.UNWILLING ? "500 AUTH not understood\r\n" : "234 AUTH TLS successful\r\n")
                    + manner.injected("230 User logged in\r\n"));
        }
    },
    /** RFC 4511, 4.14; in the bytes of OpenLDAP. */
    LDAP {
        @Override
        void hold(Talk talk, Manner manner) throws IOException {
            talk.expectBytes("301d02010177188016312e332e362e312e342e312e313436362e3230303337");
            if (manner == Manner.UNWILLING) {
                talk.send("301f020101781a0a010204000413"
                        + HexFormat.of().formatHex("unsupported ext. op".getBytes(StandardCharsets.US_ASCII)));
            } else {
                talk.send("300c02010178070a010004000400");
                talk.say(manner.injected("0\f"));
            }
        }
    },
    /** PostgreSQL documentation, "SSL Session Encryption". */
    POSTGRES {
        @Override
        void hold(Talk talk, Manner manner) throws IOException {
            talk.expectBytes("0000000804d2162f");
            talk.say((manner == Manner.UNWILLING ? "N" : "S") + manner.injected("R\0\0\0\b\0\0\0\0"));
        }
    },
    /** MySQL Server Doxygen, "Connection Phase"; the packet of MySQL 8.4. */
    MYSQL {
        private static final int SSL = 0x0800;

        @Override
        void hold(Talk talk, Manner manner) throws IOException {
            byte[] version = "8.4.3\0".getBytes(StandardCharsets.US_ASCII);
            byte[] plugin = "caching_sha2_password\0".getBytes(StandardCharsets.US_ASCII);
            ByteBuffer packet = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
            packet.putInt(0)
                    .put((byte) 10)
                    .put(version)
                    .putInt(42)
                    .put("saltsalt\0".getBytes(StandardCharsets.US_ASCII));
            packet.putShort((short) (manner == Manner.UNWILLING ? 0xffff & ~SSL : 0xffff));
            packet.put((byte) 0xff).putShort((short) 2).putShort((short) 0xdfff).put((byte) 21);
            packet.put(new byte[10])
                    .put("saltsaltsalt\0".getBytes(StandardCharsets.US_ASCII))
                    .put(plugin);
            packet.putInt(0, packet.position() - 4);
            packet.flip();
            talk.send(HexFormat.of().formatHex(packet.array(), 0, packet.limit()));
            talk.say(manner.injected("\7\0\0\2\0\0\0\2\0\0\0"));
            // Length 32, sequence 1, PROTOCOL_41 and SSL among the capabilities, and no user name.
            byte[] request = talk.read(36);
            if (request[0] != 32 || request[3] != 1 || (request[5] & 0x0a) != 0x0a) {
                throw new IOException("no SSLRequest: " + HexFormat.of().formatHex(request));
            }
        }
    },
    /** RFC 6120, 5; in the words of Prosody. */
    XMPP {
        @Override
        void hold(Talk talk, Manner manner) throws IOException {
            talk.expectTag("<\\?xml .*");
            talk.expectTag("<stream:stream .*to='[^']+' version='1.0'>");
            talk.say("<?xml version='1.0'?><stream:stream xmlns='jabber:client' id='1' version='1.0'"
                    + " xmlns:stream='http://etherx.jabber.org/streams' from='certtide.test'><stream:features>"
                    + (manner == Manner.UNWILLING
                            ? "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>"
                            : "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>")
                    + "</stream:features>");
            talk.expectTag("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            talk.say("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + manner.injected("<message/>"));
        }
    };

    /** How the server behaves. */
    public enum Manner {
        /** Goes over to TLS. */
        WILLING,
        /** Has no TLS, and says so as servers do. */
        UNWILLING,
        /** Says more in plain text after its go-ahead, as an attacker in the middle would (CVE-2011-0411). */
        INJECTING;

        private String injected(String more) {
            return this == INJECTING ? more : "";
        }
    }

    abstract void hold(Talk talk, Manner manner) throws IOException;

    /** What is said before TLS. An unwilling server waits for a client that has not understood. */
    public Preface in(Manner manner) {
        return connection -> {
            hold(new Talk(connection), manner);
            return manner != Manner.UNWILLING;
        };
    }

    /** One side of a plain-text connection, read byte by byte: what follows is for TLS. */
    static final class Talk {
        private final Socket connection;
        private final InputStream received;

        Talk(Socket connection) throws IOException {
            this.connection = connection;
            this.received = connection.getInputStream();
        }

        void say(String text) throws IOException {
            connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void send(String hex) throws IOException {
            connection.getOutputStream().write(HexFormat.of().parseHex(hex));
        }

        byte[] read(int count) throws IOException {
            byte[] bytes = received.readNBytes(count);
            if (bytes.length < count) {
                throw new IOException("the client has gone after " + bytes.length + " of " + count + " bytes");
            }
            return bytes;
        }

        String expectLine(String pattern) throws IOException {
            String line = readTo('\n');
            return expect(line.strip(), pattern);
        }

        void expectTag(String pattern) throws IOException {
            expect(readTo('>'), pattern);
        }

        void expectBytes(String hex) throws IOException {
            expect(HexFormat.of().formatHex(read(hex.length() / 2)), hex);
        }

        private static String expect(String said, String pattern) throws IOException {
            if (!said.matches(pattern)) {
                throw new IOException("the client said '" + said + "' and not " + pattern);
            }
            return said;
        }

        private String readTo(char end) throws IOException {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            int next;
            do {
                next = received.read();
                if (next < 0) {
                    throw new IOException("the client has gone after '" + text + "'");
                }
                text.write(next);
            } while (next != end);
            return text.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
