package dev.certtide.it.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of the deployed stack. It takes a {@link Stack} as a parameter, of its constructor or of its methods.
 *
 * <p>The stack is started once, with the first test that wants it, on the engine that {@code -Dcerttide.aws} names
 * ({@code embedded}, {@code localstack} or {@code auto}), and is shared: each test brings hosts and owners of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CerttideExtension.class)
public @interface CerttideStack {}
