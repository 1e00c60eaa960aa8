package dev.certtide.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.IpLiteral;
import dev.certtide.model.address.Network;
import dev.certtide.model.address.Ports;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** URLs, host names and addresses as people and programs write them. */
class TargetFuzzTest {
    private static final int LONGEST_ID = 300;

    @FuzzTest
    void url(byte[] bytes) {
        Bound.holds(() -> {
            try {
                Target target = Target.parse(text(bytes));
                Bound.require(target.equals(Target.parse(target.id())), target + " is read back as another");
                Bound.require(target.equals(Target.parse(target.displayName())), target + " is shown as another");
                Bound.require(
                        target.id().length() <= LONGEST_ID,
                        "an id of " + target.id().length() + " characters");
                Bound.require(
                        target.host().chars().allMatch(c -> c > ' ' && c < 0x7f && "/?#@\\[]".indexOf(c) < 0),
                        "a host that is more than a host");
                Bound.require(
                        target.isAddress() || target.host().indexOf(':') < 0 && !IpLiteral.endsInNumber(target.host()),
                        target.host() + " may be taken for an address");
            } catch (InvalidInputException e) {
                Bound.require(e.field().equals("url"), "the field " + e.field());
            }
        });
    }

    /** What stands in our tables and messages, or pretends to. */
    @FuzzTest
    void id(byte[] bytes) {
        Bound.holds(() -> {
            try {
                Target target = Target.ofId(text(bytes));
                Bound.require(target.equals(Target.ofId(target.id())), target + " is read back as another");
                Bound.require(
                        target.roots().isPresent() != target.equals(Target.parse(target.url())),
                        target + " is another than it says");
            } catch (InvalidInputException e) {
                Bound.require(e.field().equals("url") || e.field().equals("privateRoots"), "the field " + e.field());
            }
        });
    }

    @FuzzTest
    void address(byte[] bytes) {
        Bound.holds(() -> IpLiteral.parse(text(bytes)).ifPresent(address -> {
            String written = IpLiteral.text(address);
            Bound.require(IpLiteral.parse(written).orElseThrow().equals(address), written + " is another address");
            Bound.require(
                    AddressGuard.strict().refusal(address, 443).isPresent()
                            || AddressGuard.strict()
                                    .allowingNetworks(written)
                                    .refusal(address, 443)
                                    .isEmpty(),
                    written + " is public and refused when it is allowed");
        }));
    }

    @FuzzTest
    void networks(byte[] bytes) {
        Bound.holds(() -> {
            String text = text(bytes);
            try {
                Network network = Network.parse(text);
                String written = network.toString();
                Bound.require(Network.parse(written).toString().equals(written), written + " is written differently");
                InetAddress first = IpLiteral.parse(written.substring(0, written.indexOf('/')))
                        .orElseThrow();
                Bound.require(network.contains(first), written + " lacks its first address");
            } catch (IllegalArgumentException e) {
                // As documented.
            }
            try {
                Ports ports = Ports.parse(text);
                Bound.require(ports.contains(ports.ranges().getFirst().last()), "a port is lost");
            } catch (IllegalArgumentException e) {
                // As documented.
            }
        });
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
