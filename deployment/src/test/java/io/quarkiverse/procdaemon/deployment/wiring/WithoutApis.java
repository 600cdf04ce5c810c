package io.quarkiverse.procdaemon.deployment.wiring;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.regex.Pattern;

/** What a build finds beside the dependencies of its application. No API that is there for other tests must be. */
public final class WithoutApis extends ClassLoader {

    private static final Pattern APIS = Pattern.compile("(com[./]fasterxml[./]|io[./](dekorate|fabric8|grpc|vertx)[./]"
            + "|io[./]quarkus[./](grpc|kubernetes|scheduler)[./]|io[./]smallrye[./]reactive[./]|jakarta[./](persistence|transaction|validation)[./]"
            + "|org[./]eclipse[./]microprofile[./]reactive[./]).*");

    public WithoutApis(ClassLoader parent) {
        super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (APIS.matcher(name).matches()) {
            throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public URL getResource(String name) {
        return APIS.matcher(name).matches() ? null : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return APIS.matcher(name).matches() ? Collections.emptyEnumeration() : super.getResources(name);
    }
}
