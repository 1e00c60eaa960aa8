package dev.certtide.probe.visit;

import dev.certtide.model.address.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names from a file in /etc/hosts format (hosts(5)), read again when it has changed; other names go on to the next. */
final class HostsFile implements Resolver {
    private final Path file;
    private final Resolver next;
    private volatile Content content = new Content(FileTime.fromMillis(0), -1, Map.of());

    HostsFile(Path file, Resolver next) {
        this.file = file;
        this.next = next;
    }

    @Override
    public List<InetAddress> resolve(String name) throws UnknownHostException {
        List<InetAddress> addresses = known(name);
        return addresses != null ? addresses : next.resolve(name);
    }

    @Override
    public List<InetAddress> resolve(String name, Duration time) throws UnknownHostException {
        List<InetAddress> addresses = known(name);
        return addresses != null ? addresses : next.resolve(name, time);
    }

    private List<InetAddress> known(String name) throws UnknownHostException {
        return addressesByName().get(name.toLowerCase(Locale.ROOT));
    }

    private Map<String, List<InetAddress>> addressesByName() throws UnknownHostException {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            Content known = content;
            if (!known.modified().equals(modified) || known.size() != size) {
                known = new Content(modified, size, parse(Files.readAllLines(file)));
                content = known;
            }
            return known.addressesByName();
        } catch (IOException e) {
            UnknownHostException failure = new UnknownHostException("the hosts file " + file + " cannot be read: " + e);
            failure.initCause(e);
            throw failure;
        }
    }

    private static Map<String, List<InetAddress>> parse(List<String> lines) {
        Map<String, List<InetAddress>> addresses = new HashMap<>();
        for (String line : lines) {
            String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
            IpLiteral.parse(words[0]).ifPresent(address -> {
                for (int i = 1; i < words.length; i++) {
                    addresses
                            .computeIfAbsent(words[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                            .add(address);
                }
            });
        }
        return addresses;
    }

    private record Content(FileTime modified, long size, Map<String, List<InetAddress>> addressesByName) {}
}
