package dev.certtide.farm;

import java.util.function.Supplier;

/**
 * Makes a value when it is first asked for, and keeps it. A farm has many hosts, and whoever starts one visits few of
 * them: certificates and keys are made when somebody comes to see them.
 */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private T value;

    Once(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        if (value == null) {
            value = maker.get();
        }
        return value;
    }
}
