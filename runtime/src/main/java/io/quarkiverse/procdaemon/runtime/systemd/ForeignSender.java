package io.quarkiverse.procdaemon.runtime.systemd;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Sends by functions of the C library, through {@code java.lang.foreign}: Java 22 or later. By reflection, since the language
 * level is 17. The functions and their types are also listed in {@code reachability-metadata.json}, for native executables.
 */
final class ForeignSender implements Sender {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;

    private final NotifySocket target;
    private final Class<?> segment = type("MemorySegment");
    private final Class<?> arena = type("Arena");
    private final MethodHandle socket;
    private final MethodHandle sendto;
    private final MethodHandle close;

    /** @throws ReflectiveOperationException or an unchecked exception or error, if this JVM cannot or may not do that */
    ForeignSender(NotifySocket target) throws ReflectiveOperationException {
        this.target = target;
        Object integer = value("JAVA_INT");
        Object number = value("JAVA_LONG");
        Object address = value("ADDRESS");
        this.socket = function("socket", integer, integer, integer, integer);
        this.sendto = function("sendto", number, integer, address, number, integer, address, integer);
        this.close = function("close", integer, integer);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("java.lang.foreign." + name);
        } catch (ClassNotFoundException before22) {
            throw new IllegalStateException("Java " + Runtime.version().feature() + " has no java.lang.foreign", before22);
        }
    }

    private static Object value(String layout) throws ReflectiveOperationException {
        return type("ValueLayout").getField(layout).get(null);
    }

    private static MethodHandle function(String name, Object result, Object... arguments) throws ReflectiveOperationException {
        Class<?> linkers = type("Linker");
        Class<?> layouts = type("MemoryLayout");
        Class<?> descriptors = type("FunctionDescriptor");
        Class<?> options = type("Linker$Option");
        Object linker = call(linkers.getMethod("nativeLinker"), null);
        Object lookup = call(linkers.getMethod("defaultLookup"), linker);
        Object found = ((Optional<?>) call(type("SymbolLookup").getMethod("find", String.class), lookup, name))
                .orElseThrow(() -> new IllegalStateException("the C library has no function " + name));
        Object all = Array.newInstance(layouts, arguments.length);
        for (int i = 0; i < arguments.length; i++) {
            Array.set(all, i, arguments[i]);
        }
        Object descriptor = call(descriptors.getMethod("of", layouts, all.getClass()), null, result, all);
        Object none = Array.newInstance(options, 0);
        return (MethodHandle) call(
                linkers.getMethod("downcallHandle", type("MemorySegment"), descriptors, none.getClass()), linker, found,
                descriptor, none);
    }

    private static Object call(Method method, Object on, Object... arguments) throws ReflectiveOperationException {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            } else if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            throw thrown;
        }
    }

    @Override
    public void send(byte[] message) throws IOException {
        try (AutoCloseable memory = (AutoCloseable) call(arena.getMethod("ofConfined"), null)) {
            Object text = copy(memory, message);
            byte[] name = address();
            Object address = copy(memory, name);
            int file = (int) socket.invokeWithArguments(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            if (file < 0) {
                throw new IOException("no socket could be opened");
            }
            try {
                long sent = (long) sendto.invokeWithArguments(file, text, (long) message.length, MSG_NOSIGNAL, address,
                        name.length);
                if (sent != message.length) {
                    throw new IOException("the message was not accepted");
                }
            } finally {
                close.invokeWithArguments(file);
            }
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable unexpected) {
            throw new IOException(unexpected);
        }
    }

    /** A {@code sockaddr_un}: the family, then the path. */
    private byte[] address() {
        byte[] path = target.path();
        int end = path[0] == 0 ? 0 : 1;
        return ByteBuffer.allocate(2 + path.length + end).order(ByteOrder.nativeOrder()).putShort((short) AF_UNIX).put(path)
                .array();
    }

    private Object copy(AutoCloseable memory, byte[] bytes) throws ReflectiveOperationException {
        Object copy = call(arena.getMethod("allocate", long.class), memory, (long) bytes.length);
        ByteBuffer view = (ByteBuffer) call(segment.getMethod("asByteBuffer"), copy);
        view.put(bytes);
        return copy;
    }
}
