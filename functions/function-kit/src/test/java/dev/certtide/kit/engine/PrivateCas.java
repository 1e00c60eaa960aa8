package dev.certtide.kit.engine;

import dev.certtide.model.PrivateRoots;

/** CAs of nobody in particular, valid until 2046. Their keys are gone. */
public final class PrivateCas {
    /** Of Example Internal CA. */
    public static final PrivateRoots INTERNAL = PrivateRoots.parse("""
            -----BEGIN CERTIFICATE-----
            MIIBoDCCAUegAwIBAgIUXz2jY+ID3H6o4OL/H3Ml++0q9JYwCgYIKoZIzj0EAwIw
            HjEcMBoGA1UEAwwTRXhhbXBsZSBJbnRlcm5hbCBDQTAeFw0yNjExMjIwMjIyMTZa
            Fw00NjExMTcwMjIyMTZaMB4xHDAaBgNVBAMME0V4YW1wbGUgSW50ZXJuYWwgQ0Ew
            WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS+cQk+PHb7GA/U/ei576TDOTAf55Pd
            zxvRG76zKT9+0qhVrEk64F74LSiYz35KsCQ5PYiCfQVM1UeetEIdsPPFo2MwYTAd
            BgNVHQ4EFgQUh4dt+Z0MtPSxppmOdMtl/mnQpdYwHwYDVR0jBBgwFoAUh4dt+Z0M
            tPSxppmOdMtl/mnQpdYwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYw
            CgYIKoZIzj0EAwIDRwAwRAIgBojI0xFOiDa5EJn+muGSQMiOcBjvdjL+gw6+Do18
            s6ICIDTb0chOykR057ACuYZHAVx0eUkj9XeHx/oOQzQMeeMP
            -----END CERTIFICATE-----
            """);

    /** Of Example Other CA. */
    public static final PrivateRoots OTHER = PrivateRoots.parse("""
            -----BEGIN CERTIFICATE-----
            MIIBizCCATGgAwIBAgIUISQhwQUpE0gI9cw0+5I2u3OAxqkwCgYIKoZIzj0EAwIw
            GzEZMBcGA1UEAwwQRXhhbXBsZSBPdGhlciBDQTAeFw0yNjExMjIwMjI2NDVaFw00
            NjExMTcwMjI2NDVaMBsxGTAXBgNVBAMMEEV4YW1wbGUgT3RoZXIgQ0EwWTATBgcq
            hkjOPQIBBggqhkjOPQMBBwNCAAQ4Gmg3dAHJ0V2ho8BZoarErxOvwGoUSkxqjUXo
            5Df8YvczRm6cAOCsqk1XStrLkFPE+Qex4+RwQXQxJvv5I7NHo1MwUTAdBgNVHQ4E
            FgQUl399NfAnVsbpZRcpyXOciNAQyFgwHwYDVR0jBBgwFoAUl399NfAnVsbpZRcp
            yXOciNAQyFgwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAn2o3
            kNIhoILQv1yvW5QYn7V1k1wP4S1TdeXiNxreG/cCIGPFHXRBpgjEq5V1rY4hMHtG
            eoFU57GgQ43y8Qf3wmqh
            -----END CERTIFICATE-----
            """);

    /** Of Example Third CA. */
    public static final PrivateRoots THIRD = PrivateRoots.parse("""
            -----BEGIN CERTIFICATE-----
            MIIBijCCATGgAwIBAgIUCIhZGfIirR+wBvCgjAeISrQSTA8wCgYIKoZIzj0EAwIw
            GzEZMBcGA1UEAwwQRXhhbXBsZSBUaGlyZCBDQTAeFw0yNjExMjIwMjMyMDJaFw00
            NjExMTcwMjMyMDJaMBsxGTAXBgNVBAMMEEV4YW1wbGUgVGhpcmQgQ0EwWTATBgcq
            hkjOPQIBBggqhkjOPQMBBwNCAARevoVNxSYQwjzIT67hzUZKpshIgLoaBVAUX4MA
            f3tYU6X17lkDRn8BQteAyc6Spafi5fj1E502xSZr81pUQXp/o1MwUTAdBgNVHQ4E
            FgQUY7vanZNIp1zM1lvI6aY+6CL+8ZMwHwYDVR0jBBgwFoAUY7vanZNIp1zM1lvI
            6aY+6CL+8ZMwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBTwA80
            kbINCbq1zAFYNqwjVkTOyEWRE1iBM6N3RU6ycQIgWCMDQI/b0h31H+jnMRn2Hhpd
            ywQh4VANeNXyWCem9ms=
            -----END CERTIFICATE-----
            """);

    private PrivateCas() {}
}
