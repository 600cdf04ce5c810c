package io.quarkiverse.procdaemon.runtime.systemd;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;

/** Sends through Netty's native transport, where the application has it. By reflection, since it need not. */
final class NettySender implements Sender {

    private final NotifySocket target;
    private final Method open;
    private final Method send;
    private final Method close;

    /** @throws ReflectiveOperationException or an error, if the application has it not, or not for this platform */
    NettySender(NotifySocket target, ClassLoader loader) throws ReflectiveOperationException {
        this.target = target;
        loader.loadClass("io.netty.channel.epoll.Epoll").getMethod("ensureAvailability").invoke(null);
        Class<?> socket = loader.loadClass("io.netty.channel.unix.Socket");
        this.open = socket.getMethod("newSocketDomainDgram");
        this.send = socket.getMethod("sendToDomainSocket", ByteBuffer.class, int.class, int.class, byte[].class);
        this.close = socket.getMethod("close");
    }

    @Override
    public void send(byte[] message) throws IOException {
        // Netty takes the address of its memory.
        ByteBuffer text = ByteBuffer.allocateDirect(message.length).put(message);
        try {
            Object socket = open.invoke(null);
            try {
                if ((int) send.invoke(socket, text, 0, message.length, target.path()) != message.length) {
                    throw new IOException("the message was not accepted");
                }
            } finally {
                close.invoke(socket);
            }
        } catch (InvocationTargetException thrown) {
            throw new IOException(thrown.getCause());
        } catch (IllegalAccessException changed) {
            throw new IOException(changed);
        }
    }
}
