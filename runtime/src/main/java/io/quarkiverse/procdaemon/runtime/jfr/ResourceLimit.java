package io.quarkiverse.procdaemon.runtime.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("io.quarkiverse.procdaemon.ResourceLimit")
@Label("Resource Limit")
@Description("The process used more than a soft limit allows, or that is over")
final class ResourceLimit extends DaemonEvent {

    @Label("Resource")
    String resource;

    @Label("Exceeded")
    @Description("False if that is over")
    boolean exceeded;

    @Label("Used")
    @DataAmount
    long used;

    @Label("Limit")
    @DataAmount
    long limit;

    @Label("Shuts Down")
    @Description("Whether the daemon shuts down for it")
    boolean shutsDown;

    ResourceLimit(String resource, long used, long limit) {
        this.resource = text(resource);
        this.used = used;
        this.limit = limit;
    }
}
