package io.quarkiverse.procdaemon.deployment.validation;

import java.lang.reflect.Modifier;
import java.util.List;

import org.jboss.jandex.ClassInfo;

import io.quarkiverse.procdaemon.deployment.discovery.Stray;

/** What is wrong with an annotated method that no subsystem has or inherits. */
final class StrayRule {

    private StrayRule() {
    }

    /** Whether nothing in this build can have it, as in a library of base classes: no mistake, but worth a word. */
    static boolean isForOthers(Stray stray) {
        return Modifier.isAbstract(declaring(stray).flags()) && stray.heirs().isEmpty();
    }

    static String warning(Stray stray) {
        return noEffect(stray) + ", since nothing in this build " + (isOfInterface(stray) ? "implements " : "extends ")
                + declaring(stray).name();
    }

    static String problem(Stray stray) {
        if (isOfInterface(stray)) {
            return noEffect(stray) + ", since annotations of an interface are not inherited; annotate the method of "
                    + (stray.losers().isEmpty() ? "a @Subsystem that implements it" : list(stray.losers(), " and "));
        } else if (Modifier.isAbstract(declaring(stray).flags())) {
            return noEffect(stray) + ", since no @Subsystem extends " + declaring(stray).name() + "; annotate "
                    + list(stray.heirs(), " or ") + " with @Subsystem or remove " + stray.method().annotation();
        }
        return noEffect(stray) + ", since " + declaring(stray).name() + " is no @Subsystem nor a superclass of one; "
                + "annotate the class with @Subsystem or remove " + stray.method().annotation();
    }

    private static String noEffect(Stray stray) {
        return stray.method().location() + ": " + stray.method().annotation() + " has no effect here";
    }

    private static boolean isOfInterface(Stray stray) {
        return declaring(stray).isInterface();
    }

    private static ClassInfo declaring(Stray stray) {
        return stray.method().method().declaringClass();
    }

    private static String list(List<String> names, String word) {
        return String.join(word, names);
    }
}
