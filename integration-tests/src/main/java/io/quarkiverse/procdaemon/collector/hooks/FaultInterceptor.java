package io.quarkiverse.procdaemon.collector.hooks;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import org.jboss.logging.Logger;

/** Makes a call go wrong if it is to. */
@FaultPoint
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class FaultInterceptor {

    private static final Logger LOG = Logger.getLogger(FaultInterceptor.class);

    @Inject
    Faults faults;

    @Inject
    HookConfig config;

    @AroundInvoke
    Object around(InvocationContext call) throws Exception {
        String method = call.getMethod().getName();
        Fault fault = faults.take(method);
        if (fault == null) {
            return call.proceed();
        }
        LOG.infof("%s meets the fault %s", method, fault);
        switch (fault) {
            case WAIT -> new CountDownLatch(1).await();
            case IGNORE_INTERRUPTS -> ignoreInterrupts();
            case BLOCK -> block();
            case FAIL_AFTERWARDS -> call.proceed();
            case FAIL -> LOG.debug("Nothing is done");
        }
        throw new IllegalStateException("A test made " + method + " fail");
    }

    private static void ignoreInterrupts() {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                LOG.info("An interrupt is ignored");
            }
        }
    }

    /** Opening a pipe waits for a writer, deep in the system. */
    private void block() throws IOException {
        try (InputStream pipe = new FileInputStream(config.pipe().orElseThrow().toFile())) {
            LOG.infof("The pipe has a writer and said %d", pipe.read());
        }
    }
}
