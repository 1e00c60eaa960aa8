package dev.certtide.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sees which classes. */
class CodeLoadersTest {
    @TempDir
    Path folder;

    @Test
    void functionsWithTheSameLibrariesShareThem() throws IOException {
        var one = asset("one.zip", Map.of("lib/kit-1.0.jar", jar("kit")));
        var two = asset("two.zip", Map.of("lib/kit-1.0.jar", jar("kit"), "lib/more-2.0.jar", jar("more")));
        try (var loaders = new CodeLoaders(List.of(one, two), folder.resolve("libraries"))) {
            assertSame(
                    loaders.loaderFor("one", one).getParent(),
                    loaders.loaderFor("two", two).getParent());
            assertNotSame(loaders.loaderFor("one", one), loaders.loaderFor("two", two));
            assertSame(loaders.loaderFor("one", one), loaders.loaderFor("one", one));
            assertEquals("kit", resource(loaders.loaderFor("two", two)));
        }
    }

    @Test
    void functionsThatDifferInALibraryAreKeptApart() throws IOException {
        var one = asset("one.zip", Map.of("lib/kit-1.0.jar", jar("old kit")));
        var two = asset("two.zip", Map.of("lib/kit-1.0.jar", jar("new kit")));
        try (var loaders = new CodeLoaders(List.of(one, two), folder.resolve("libraries"))) {
            assertEquals("old kit", resource(loaders.loaderFor("one", one)));
            assertEquals("new kit", resource(loaders.loaderFor("two", two)));
        }
    }

    @Test
    void aFunctionSeesTheInterfacesOfLambdaAndNothingElseOfThisProgram() throws IOException, ClassNotFoundException {
        var one = asset("one.zip", Map.of());
        try (var loaders = new CodeLoaders(List.of(one), folder.resolve("libraries"))) {
            var loader = loaders.loaderFor("one", one);
            assertSame(
                    com.amazonaws.services.lambda.runtime.Context.class,
                    loader.loadClass("com.amazonaws.services.lambda.runtime.Context"));
            assertThrows(
                    ClassNotFoundException.class,
                    () -> loader.loadClass("com.fasterxml.jackson.databind.ObjectMapper"));
            assertThrows(ClassNotFoundException.class, () -> loader.loadClass("dev.certtide.local.LocalCloud"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "kit-1.0.jar, kit-1.0.jar, 1, 1, true",
        "kit-1.0.jar, kit-1.0.jar, 1, 2, false",
        "kit-1.0.jar, kit-1.1.jar, 1, 2, false",
        "kit-1.0.jar, kit-extra-1.1.jar, 1, 2, true",
        "boringssl-2.0.74.Final.jar, boringssl-2.0.74.Final-linux-x86_64.jar, 1, 2, true",
        "model-0.1.0-SNAPSHOT.jar, model-0.1.0-SNAPSHOT.jar, 1, 1, true",
    })
    void librariesAgreeWhenNoneIsThereTwiceInDifferentForms(
            String one, String two, long crcOfOne, long crcOfTwo, boolean agree) {
        var first = new Code(folder, List.of(new Code.Library(one, 10, crcOfOne)));
        var second = new Code(folder, List.of(new Code.Library(two, 10, crcOfTwo)));
        assertEquals(agree, CodeLoaders.agree(List.of(first, second)));
    }

    private static String resource(ClassLoader loader) throws IOException {
        try (var in = loader.getResourceAsStream("who.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] jar(String who) throws IOException {
        return zip(Map.of(who.contains("kit") ? "who.txt" : "other.txt", who.getBytes(StandardCharsets.UTF_8)));
    }

    private Path asset(String name, Map<String, byte[]> entries) throws IOException {
        return Files.write(folder.resolve(name), zip(entries));
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                var named = new ZipEntry(entry.getKey());
                named.setTime(0);
                zip.putNextEntry(named);
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
