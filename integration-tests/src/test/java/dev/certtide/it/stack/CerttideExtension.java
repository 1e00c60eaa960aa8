package dev.certtide.it.stack;

import dev.certtide.it.engine.Engines;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Stack} of this JVM, and closes it after the last. */
final class CerttideExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(CerttideExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // In the root store, so that JUnit closes it when all classes are through.
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Stack.class, _ -> Stack.start(Engines.chosen()), Stack.class);
    }
}
