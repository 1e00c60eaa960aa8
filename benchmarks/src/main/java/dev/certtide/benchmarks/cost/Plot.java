package dev.certtide.benchmarks.cost;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines in one picture. */
final class Plot {
    private final XYChart chart;

    Plot(String title, String across, String up) {
        System.setProperty("java.awt.headless", "true");
        chart = new XYChartBuilder()
                .width(900)
                .height(450)
                .title(title)
                .xAxisTitle(across)
                .yAxisTitle(up)
                .build();
    }

    /** Both axes by powers of ten. */
    Plot logarithmic() {
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        return this;
    }

    /** Values at 0, 1, 2 and so on. */
    void line(String name, double[] values) {
        chart.addSeries(name, IntStream.range(0, values.length).asDoubleStream().toArray(), values)
                .setMarker(SeriesMarkers.NONE);
    }

    void line(String name, Map<Double, Double> points) {
        chart.addSeries(
                name,
                points.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                points.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Writes a PNG: the many points of a day would be megabytes of SVG. */
    void write(Path png) throws IOException {
        BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
    }
}
