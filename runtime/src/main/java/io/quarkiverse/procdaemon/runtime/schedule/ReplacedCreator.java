package io.quarkiverse.procdaemon.runtime.schedule;

import java.util.Set;

import io.quarkus.arc.BeanCreator;
import io.quarkus.arc.SyntheticCreationalContext;

/** Creates {@link Replaced} from the parameter {@link #CLASSES}. */
public final class ReplacedCreator implements BeanCreator<Replaced> {

    /** The parameter with the names of the classes. */
    public static final String CLASSES = "classes";

    @Override
    public Replaced create(SyntheticCreationalContext<Replaced> context) {
        return new Replaced(Set.of((String[]) context.getParams().get(CLASSES)));
    }
}
