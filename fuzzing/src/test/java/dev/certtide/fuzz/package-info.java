/**
 * Fuzz targets: for each parser of what strangers send, what must hold whatever they send. Jazzer calls them with bytes of
 * its own making ({@code fuzzing/run.sh}); as tests they are called with the corpus in the resources.
 */
package dev.certtide.fuzz;
