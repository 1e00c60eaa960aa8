package dev.certtide.model.history;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The organisation behind an issuer's name. */
final class Authority {
    private Authority() {}

    /**
     * The organisation in a distinguished name (RFC 2253), or the whole name where there is none. Authorities issue from
     * several intermediates at once (Let's Encrypt picks one for each certificate), so that the whole name changes with
     * almost every renewal.
     */
    static String of(String distinguishedName) {
        try {
            for (Rdn rdn : new LdapName(distinguishedName).getRdns()) {
                if (rdn.getType().equalsIgnoreCase("O") && rdn.getValue() instanceof String organisation) {
                    return organisation;
                }
            }
        } catch (InvalidNameException clippedOrMalformed) {
            return distinguishedName;
        }
        return distinguishedName;
    }
}
