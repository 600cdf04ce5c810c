package io.quarkiverse.procdaemon.collector.hooks;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Makes a call fail if a fault is armed for it. */
@FaultPoint
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class FaultInterceptor {

    @Inject
    ArmedFaults faults;

    @Inject
    Mishaps mishaps;

    @AroundInvoke
    Object around(InvocationContext call) throws Exception {
        String method = call.getMethod().getName();
        Fault fault = faults.take(method);
        if (fault == null) {
            return call.proceed();
        }
        if (fault == Fault.DELAY) {
            mishaps.delay(method);
            return call.proceed();
        }
        if (fault == Fault.LEAK || fault == Fault.LITTER || fault == Fault.FORGET) {
            Heap.use(fault);
            return call.proceed();
        }
        if (fault == Fault.FAIL_AFTERWARDS) {
            call.proceed();
        }
        throw mishaps.befall(method, fault);
    }
}
