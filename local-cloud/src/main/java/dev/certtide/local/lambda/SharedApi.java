package dev.certtide.local.lambda;

/**
 * Parent of every function's classes: the JDK, and of this program only the interfaces and events of Lambda, so that
 * both sides mean the same class by {@code SQSEvent}. Nothing else of this program is visible to a function.
 */
final class SharedApi extends ClassLoader {
    // The events have Joda's DateTime in their signatures.
    private static final String[] SHARED = {"com.amazonaws.services.lambda.runtime.", "org.joda.time."};

    static {
        registerAsParallelCapable();
    }

    SharedApi() {
        super("lambda-api", getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (var prefix : SHARED) {
            if (name.startsWith(prefix)) return SharedApi.class.getClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
