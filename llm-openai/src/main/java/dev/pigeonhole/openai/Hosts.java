package dev.pigeonhole.openai;

import dev.pigeonhole.core.ConfigurationException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.Dns;

/**
 * Which machines may be asked: none of the machine's own link, where clouds hand out secrets, and over plain HTTP this machine only.
 * Stateless. As a {@link Dns} it says so again for each address that a name leads to.
 */
final class Hosts implements Dns {
    /** What the HTTP client takes for an address instead of a name. */
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*|[0-9.]+");

    /** Where clouds answer questions about a machine, outside of the link-local range. */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192");

    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] IPV4 = new byte[12];

    private final Dns names;
    private final boolean loopbackOnly;

    /** @param loopbackOnly whether names that lead off this machine are refused */
    Hosts(Dns names, boolean loopbackOnly) {
        this.names = names;
        this.loopbackOnly = loopbackOnly;
    }

    /** Whether it is this machine, by its address or by the one name that all machines have for themselves. */
    static boolean isLoopback(String host) {
        return host.equals("localhost") || (isLiteral(host) && literal(host).isLoopbackAddress());
    }

    /** Whether it is an address to which nothing may be sent. A name is looked at when it is resolved. */
    static boolean isForbidden(String host) {
        return isLiteral(host) && isForbidden(literal(host));
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> found = names.lookup(host);
        for (InetAddress address : found) {
            if (isForbidden(address) || (loopbackOnly && !address.isLoopbackAddress())) {
                throw new UnknownHostException(
                        host + " leads to " + address.getHostAddress() + ", where nothing may be sent");
            }
        }
        return found;
    }

    private static boolean isForbidden(InetAddress address) {
        return address.isLinkLocalAddress()
                || METADATA.contains(address.getHostAddress())
                || (address instanceof Inet6Address six && isForbiddenInside(six));
    }

    /** An IPv6 address can carry one of IPv4. */
    private static boolean isForbiddenInside(Inet6Address six) {
        byte[] all = six.getAddress();
        byte[] head = Arrays.copyOf(all, 12);
        return (Arrays.equals(head, NAT64) || Arrays.equals(head, IPV4))
                && isForbidden(address(Arrays.copyOfRange(all, 12, 16)));
    }

    private static boolean isLiteral(String host) {
        return LITERAL.matcher(host).matches();
    }

    private static InetAddress literal(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ConfigurationException("the base URL names " + host + ", which is no address", e);
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(bytes.length + " bytes", e);
        }
    }
}
