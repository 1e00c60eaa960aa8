package dev.certtide.probe.path;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** A name of some form, RFC 5280, 4.2.1.6; in name constraints (4.2.1.10) the same forms stand for subtrees. */
public sealed interface GeneralName {
    record Email(String mailbox) implements GeneralName {}

    /** A DNS name in lower case, which is how it is compared, thousands of times in hostile certificates. */
    record Dns(String name) implements GeneralName {
        public Dns {
            name = name.toLowerCase(Locale.ROOT);
        }
    }

    record Uri(String uri) implements GeneralName {}

    /** An address, or in constraints an address and a mask; bytes of whatever number the certificate has. */
    record Ip(List<Byte> bytes) implements GeneralName {
        public Ip {
            bytes = List.copyOf(bytes);
        }
    }

    /** A distinguished name: its RDNs from the root down, each in the JDK's canonical form (RFC 5280, 7.1). */
    record Directory(List<String> rdns) implements GeneralName {
        public Directory {
            rdns = List.copyOf(rdns);
        }

        /** Takes a name apart. Two names are equal when these are. */
        public static Directory of(X500Principal name) {
            return of(Der.parse(name.getEncoded()));
        }

        static Directory of(Der name) {
            List<String> rdns = new ArrayList<>();
            for (Der rdn : name.as(Der.SEQUENCE).children()) {
                rdns.add(canonical(rdn.as(Der.SET).encoded()));
            }
            return new Directory(rdns);
        }

        /** The name one RDN below; {@code rdn} may be implicitly tagged. */
        public Directory child(Der rdn) {
            List<String> longer = new ArrayList<>(rdns);
            byte[] content = rdn.encoded();
            content[0] = Der.SET;
            longer.add(canonical(content));
            return new Directory(longer);
        }

        private static String canonical(byte[] content) {
            try {
                return new X500Principal(sequenceOf(content)).getName(X500Principal.CANONICAL);
            } catch (IllegalArgumentException e) {
                throw new MalformedDerException("a relative distinguished name that is none");
            }
        }

        private static byte[] sequenceOf(byte[] content) {
            var out = new java.io.ByteArrayOutputStream(content.length + 5);
            out.write(Der.SEQUENCE);
            if (content.length < 0x80) {
                out.write(content.length);
            } else {
                out.write(0x84);
                out.write(content.length >>> 24);
                out.write(content.length >>> 16);
                out.write(content.length >>> 8);
                out.write(content.length);
            }
            try {
                out.write(content);
            } catch (IOException e) {
                throw new IllegalStateException("memory cannot be written to", e);
            }
            return out.toByteArray();
        }
    }

    /** A form that does not matter here (otherName, x400Address, ediPartyName, registeredID). */
    record Other(int number) implements GeneralName {}

    /** Reads one name. */
    static GeneralName of(Der name) {
        return switch (name.tag()) {
            case 0x81 -> new Email(name.ascii());
            case 0x82 -> new Dns(name.ascii());
            case 0xa4 -> Directory.of(name.reader().next());
            case 0x86 -> new Uri(name.ascii());
            case 0x87 -> new Ip(boxed(name.content()));
            case 0xa0, 0xa3, 0xa5, 0x88 -> new Other(name.tag() & 0x1f);
            default -> throw new MalformedDerException("a name with the tag %02x".formatted(name.tag()));
        };
    }

    /** Reads {@code GeneralNames}, the content of a SEQUENCE or of what is implicitly tagged so. */
    static List<GeneralName> all(Der names) {
        List<GeneralName> all = new ArrayList<>();
        for (Der.Reader reader = names.reader(); reader.hasMore(); ) {
            all.add(of(reader.next()));
        }
        return all;
    }

    private static List<Byte> boxed(byte[] bytes) {
        List<Byte> boxed = new ArrayList<>(bytes.length);
        for (byte b : bytes) {
            boxed.add(b);
        }
        return boxed;
    }
}
