package dev.certtide.probe.path;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.Provider;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;

/**
 * Amazon's Corretto provider, which verifies signatures in a fraction of the JDK's time, P-384 above all, with
 * which Let's Encrypt's intermediates sign. It is asked by name and never installed: nobody else's cryptography changes.
 *
 * <p>Its jars, one for each platform, hold their library under one and the same name. So that a class path can have
 * several, the one for this processor is looked for, and gets a class loader of its own.
 */
final class NativeSignatures {
    private static final String PROVIDER_CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final String LIBRARY = "com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.so";

    /** The system property that, when {@code jdk}, has the JDK verify everything. */
    private static final String PROPERTY = "certtide.signatures";

    private static final Optional<Provider> PROVIDER = load();

    private NativeSignatures() {}

    /** None where there is no library for this platform. */
    static Optional<Provider> provider() {
        return PROVIDER;
    }

    private static Optional<Provider> load() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (System.getProperty(PROPERTY, "").equals("jdk") || !system.contains("linux")) {
            return Optional.empty();
        }
        try {
            for (URL library :
                    Collections.list(NativeSignatures.class.getClassLoader().getResources(LIBRARY))) {
                if (isForThisProcessor(library)) {
                    return Optional.of(provider(library));
                }
            }
            return Optional.empty();
        } catch (IOException | ReflectiveOperationException | LinkageError | RuntimeException e) {
            // A library that this machine cannot load, whatever the reason, is one that is not there.
            return Optional.empty();
        }
    }

    private static Provider provider(URL library) throws IOException, ReflectiveOperationException {
        URL jar = ((JarURLConnection) library.openConnection()).getJarFileURL();
        // Stays open for as long as the process lives.
        @SuppressWarnings("resource")
        ClassLoader loader = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        Class<?> type = Class.forName(PROVIDER_CLASS, true, loader);
        Provider provider = (Provider) type.getField("INSTANCE").get(null);
        type.getMethod("assertHealthy").invoke(provider);
        return provider;
    }

    /** By the ELF header's field e_machine. */
    private static boolean isForThisProcessor(URL library) throws IOException {
        int machine =
                switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> 62;
                    case "aarch64" -> 183;
                    default -> -1;
                };
        try (InputStream elf = library.openStream()) {
            byte[] header = elf.readNBytes(20);
            return header.length == 20 && (header[18] & 0xff | (header[19] & 0xff) << 8) == machine;
        }
    }
}
