package dev.certtide.probe.visit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.fuzz.Bound;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/** A name server that answers whatever it likes. */
class DnsFuzzTest {
    private static final String NAME = "www.certtide.test";
    private static final int LONGEST_FAILURE = 1_000;

    /**
     * Packets, each behind its length in two bytes: the answers for A and for AAAA by turns, the last of them again and
     * again. Whatever they say, they bear the question's id: it is not for luck to find.
     */
    @FuzzTest
    void packets(byte[] bytes) {
        Bound.holds(() -> {
            SimpleResolver server = new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));
            server.setIoClientFactory(new Answers(bytes));
            try {
                List<InetAddress> addresses = DnsResolver.by(server).resolve(NAME);
                Bound.require(!addresses.isEmpty(), "neither an address nor a failure");
            } catch (UnknownHostException e) {
                Bound.require(e.getMessage().length() <= LONGEST_FAILURE, "a failure told at length");
            }
        });
    }

    /** In place of the network. */
    private static final class Answers implements IoClientFactory {
        private final byte[] bytes;
        private final AtomicIntegerArray asked = new AtomicIntegerArray(2);

        private Answers(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public UdpIoClient createOrGetUdpClient() {
            return (local, remote, query, data, most, timeout) -> CompletableFuture.completedFuture(answer(query));
        }

        @Override
        public TcpIoClient createOrGetTcpClient() {
            return (local, remote, query, data, timeout) -> CompletableFuture.completedFuture(answer(query));
        }

        private byte[] answer(Message query) {
            int family = query.getQuestion().getType() == Type.AAAA ? 1 : 0;
            byte[] packet = packet(2 * asked.getAndIncrement(family) + family);
            if (packet.length >= 2) {
                ByteBuffer.wrap(packet).putShort((short) query.getHeader().getID());
            }
            return packet;
        }

        private byte[] packet(int number) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            byte[] packet = {};
            for (int i = 0; i <= number && rest.remaining() > 2; i++) {
                packet = new byte[Math.min(rest.getShort() & 0xffff, rest.remaining())];
                rest.get(packet);
            }
            return packet;
        }
    }
}
