package dev.certtide.cli;

import java.io.PrintStream;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error that says how much is done, or nothing. */
sealed interface Progress extends AutoCloseable {
    Progress NONE = new None();

    /** One more is done. Thread-safe. */
    void step();

    /** Prints something while no bar is in the way. */
    void print(Runnable text);

    @Override
    void close();

    /**
     * A bar, whose end is not known if the total is not.
     *
     * @param task what is being done, in one word
     */
    static Progress bar(String task, OptionalLong total) {
        return new Bar(task, total);
    }

    final class None implements Progress {
        private None() {}

        @Override
        public void step() {
            // There is no bar to move.
        }

        @Override
        public void print(Runnable text) {
            text.run();
        }

        @Override
        public void close() {
            // There is nothing to take away.
        }
    }

    final class Bar implements Progress {
        private final Line line = new Line(System.err);
        private final ProgressBar bar;

        private Bar(String task, OptionalLong total) {
            this.bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total.orElse(-1))
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(100)
                    .setMaxRenderedLength(Line.WIDTH)
                    .setConsumer(line)
                    .build();
        }

        @Override
        public void step() {
            bar.step();
        }

        @Override
        public void print(Runnable text) {
            line.print(text);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** The terminal's line that the bar is on. */
    final class Line implements ProgressBarConsumer {
        private static final int WIDTH = 78;
        private static final String CLEAR_LINE = "\r\u001b[K"; // ECMA-48, 8.3.41

        private final PrintStream terminal;
        private boolean shown;

        private Line(PrintStream terminal) {
            this.terminal = terminal;
        }

        private synchronized void print(Runnable text) {
            clear();
            text.run();
        }

        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public synchronized void accept(String rendered) {
            terminal.print("\r" + rendered);
            terminal.flush();
            shown = true;
        }

        @Override
        public synchronized void clear() {
            if (shown) {
                terminal.print(CLEAR_LINE);
                terminal.flush();
                shown = false;
            }
        }

        /** Called by the bar, on its own thread. */
        @Override
        public void close() {
            clear();
        }
    }
}
