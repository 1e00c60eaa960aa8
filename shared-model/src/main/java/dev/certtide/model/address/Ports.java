package dev.certtide.model.address;

import java.util.ArrayList;
import java.util.List;

/**
 * Ports that may be visited, written as a list of ports and ranges: {@code 443,8443}, {@code 1-65535}.
 *
 * @param ranges each port is in at least one of them
 */
public record Ports(List<Range> ranges) {
    /** Every port. */
    public static final Ports ALL = parse("1-65535");

    /**
     * Ports on which TLS, at once or after STARTTLS, is at home: web, mail, directories, databases, chat, DNS, MQTT,
     * Kubernetes and the usual second choices. A monitor that anybody may send to any port is a port scanner.
     */
    public static final Ports COMMON_TLS = parse(
            "21,25,110,143,389,443,465,587,636,853,990,993,995,2083,2087,2096,2376,"
                    + "3269,3306,3389,4443,5061,5222,5223,5269,5432,5671,6443,6514,6697,8006,8443,8883,9200,9443,10443");

    /**
     * Ports from first to last, both included.
     *
     * @param first 1..65535
     * @param last first..65535
     */
    public record Range(int first, int last) {
        public Range {
            if (first < 1 || last > 65_535 || first > last) {
                throw new IllegalArgumentException(
                        "'" + first + "-" + last + "' is no range of ports; write it as 8000-8999, within 1-65535");
            }
        }
    }

    public Ports {
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads a comma-separated list of ports and ranges.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Ports parse(String text) {
        var ranges = new ArrayList<Range>();
        for (String item : text.split(",", -1)) {
            var ends = item.strip().split("-", 2);
            int first = port(text, ends[0]);
            ranges.add(new Range(first, ends.length == 1 ? first : port(text, ends[1])));
        }
        return new Ports(ranges);
    }

    /** Whether the port is among them. */
    public boolean contains(int port) {
        return ranges.stream().anyMatch(range -> range.first() <= port && port <= range.last());
    }

    private static int port(String text, String number) {
        if (!number.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is no list of ports; write it as 443,8000-8999");
        }
        return Integer.parseInt(number);
    }
}
