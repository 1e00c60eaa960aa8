package dev.certtide.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A function's handler object: bytes in, bytes out, by the same serialization as in Lambda's own Java runtime. */
interface Handler {

    /** Handles one event; what the function throws comes through. */
    byte[] handle(byte[] event, Context context);

    /**
     * Constructs a handler: with its environment and a clock if it has such a constructor, otherwise without arguments.
     *
     * @throws FunctionException if there is no such class, it is no handler, or its constructor throws
     */
    static Handler create(String handler, ClassLoader loader, Map<String, String> environment, InstantSource clock) {
        var parts = handler.split("::", 2);
        if (parts.length == 2 && !parts[1].equals("handleRequest")) {
            throw new FunctionException("only handleRequest is supported, not " + handler, null);
        }
        // Libraries look for their parts, such as an HTTP client, by the thread's loader.
        Thread.currentThread().setContextClassLoader(loader);
        try {
            var type = Class.forName(parts[0], true, loader);
            var handles =
                    switch (construct(type, environment, clock)) {
                        case RequestHandler<?, ?> typed -> typed(typed);
                        case RequestStreamHandler stream -> stream(stream);
                        default -> throw new FunctionException(handler + " is no RequestHandler", null);
                    };
            return (event, context) -> {
                Thread.currentThread().setContextClassLoader(loader);
                return handles.handle(event, context);
            };
        } catch (InvocationTargetException e) {
            throw new FunctionException(handler + " could not be constructed: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new FunctionException(handler + " could not be loaded: " + e, e);
        }
    }

    private static Object construct(Class<?> type, Map<String, String> environment, InstantSource clock)
            throws ReflectiveOperationException {
        for (var constructor : type.getConstructors()) {
            var parameters = constructor.getParameterTypes();
            if (parameters.length == 2 && parameters[0] == Map.class && parameters[1] == InstantSource.class) {
                return constructor.newInstance(environment, clock);
            }
        }
        return type.getConstructor().newInstance();
    }

    @SuppressWarnings("unchecked") // What goes in is read as the type that the handler declares.
    private static Handler typed(RequestHandler<?, ?> handler) {
        var types = typeArguments(handler.getClass());
        var input = serializer(types[0]);
        var output = serializer(types[1]);
        var untyped = (RequestHandler<Object, Object>) handler;
        return (event, context) -> {
            var answer = untyped.handleRequest(input.fromJson(new ByteArrayInputStream(event)), context);
            if (answer == null) return "null".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            var bytes = new ByteArrayOutputStream();
            output.toJson(answer, bytes);
            return bytes.toByteArray();
        };
    }

    private static Handler stream(RequestStreamHandler handler) {
        return (event, context) -> {
            var bytes = new ByteArrayOutputStream();
            try {
                handler.handleRequest(new ByteArrayInputStream(event), bytes, context);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        };
    }

    @SuppressWarnings("unchecked") // The serializer is chosen by the class, and used with that class only.
    private static PojoSerializer<Object> serializer(Type type) {
        if (type instanceof Class<?> plain && LambdaEventSerializers.isLambdaSupportedEvent(plain.getName())) {
            return (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(plain, plain.getClassLoader());
        }
        return JacksonFactory.getInstance().getSerializer(type);
    }

    /** The arguments that a class gives to {@code RequestHandler}, also by way of generic superclasses. */
    private static Type[] typeArguments(Class<?> type) {
        var bound = new HashMap<TypeVariable<?>, Type>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (var implemented : at.getGenericInterfaces()) {
                if (implemented instanceof ParameterizedType p && p.getRawType() == RequestHandler.class) {
                    var arguments = p.getActualTypeArguments();
                    return new Type[] {resolve(arguments[0], bound), resolve(arguments[1], bound)};
                }
            }
            if (at.getGenericSuperclass() instanceof ParameterizedType p) {
                var variables = at.getSuperclass().getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    bound.put(variables[i], resolve(p.getActualTypeArguments()[i], bound));
                }
            }
        }
        throw new FunctionException(type.getName() + " does not say what its RequestHandler takes and gives", null);
    }

    private static Type resolve(Type type, Map<TypeVariable<?>, Type> bound) {
        return type instanceof TypeVariable<?> variable ? bound.getOrDefault(variable, Object.class) : type;
    }
}
