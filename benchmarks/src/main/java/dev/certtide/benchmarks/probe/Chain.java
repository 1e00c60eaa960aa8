package dev.certtide.benchmarks.probe;

/** The chains that are measured: what the yardstick issues. */
enum Chain {
    P256("p256", "P-256"),
    /** ISRG Root X1 is RSA-4096, the intermediates below it are P-384, most leaves P-256. */
    LETS_ENCRYPT("letsencrypt", "Let's-Encrypt-like"),
    RSA("rsa", "RSA-2048");

    private final String id;
    private final String title;

    Chain(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The yardstick's name for it. */
    String id() {
        return id;
    }

    String title() {
        return title;
    }
}
