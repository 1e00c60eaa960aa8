package dev.certtide.model.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.certtide.model.FindingCode;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Protocol;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.NewUrlMessage;
import dev.certtide.model.event.NewUrlMessage.Element;
import dev.certtide.model.event.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the published schemas and the code together, in both directions. */
class ContractTest {
    private static final Contract NEW_URL = new Contract("new-url.v1");

    static List<Contract> contracts() {
        return Contract.all();
    }

    static Stream<Path> examples() throws IOException {
        return Files.list(Contract.FOLDER.resolve("examples/new-url.v1")).sorted();
    }

    static Stream<Path> refused() throws IOException {
        return Files.list(Contract.FOLDER.resolve("examples/refused")).sorted();
    }

    static Stream<Written> written() {
        return Written.all();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void aSchemaIsOneBySchemasOfJsonSchema(Contract contract) {
        var dialect = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertEquals(Set.of(), dialect.validate(contract.document()));
        assertEquals(
                "https://certtide.dev/contracts/" + contract + ".json",
                contract.document().path("$id").asText());
    }

    @Test
    void everyEventTypeHasItsSchemaAndEverySchemaItsType() {
        var inSchemas = Contract.all().stream()
                .map(contract -> contract.document().at("/properties/type/const"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Arrays.stream(EventType.values()).map(EventType::typeName).collect(Collectors.toSet()), inSchemas);
    }

    @Test
    void theWordsOfTheModelAreThoseOfTheSchema() {
        var common = new Contract("common.v1").document();
        var codes = StreamSupport.stream(common.at("/$defs/findingCode/enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();

        assertEquals(Arrays.stream(FindingCode.values()).map(FindingCode::code).toList(), codes);
        var schemes = Arrays.stream(Protocol.values()).map(Protocol::scheme).collect(Collectors.joining("|"));
        assertTrue(
                common.at("/$defs/target/pattern").asText().startsWith("^(" + schemes + ")://"),
                () -> "expected " + schemes);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatTheContractTakesTheCodeTakes(Path example) throws IOException {
        var text = Files.readString(example);

        assertEquals(List.of(), NEW_URL.violations(text));
        for (var element : NewUrlMessage.parse(text)) {
            assertInstanceOf(Element.Accepted.class, element);
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatTheContractRefusesTheCodeRefusesAndNamesTheField(Path example) {
        var refused = Contract.read(example);
        var message = refused.get("message");

        assertFalse(NEW_URL.violations(message).isEmpty(), "the schema takes it");
        assertEquals(
                refused.get("field").asText(),
                refusal(message.toString()).orElseThrow().field());
    }

    @Test
    void everyPropertyOfTheContractMattersToTheCode() throws IOException {
        var full = (ObjectNode) Contract.read(Contract.FOLDER.resolve("examples/new-url.v1/added.json"));
        var properties = PropertyPaths.ofSchema(new Contract("url-added.v1")).stream()
                .filter(path -> path.startsWith("data.") && !path.contains("["))
                .map(path -> path.substring("data.".length()))
                .filter(path -> !path.contains("."))
                .toList();

        assertEquals(new TreeSet<>(properties), new TreeSet<>(names(full.get("data"))), "the example is to have all");
        for (var property : properties) {
            var spoilt = full.deepCopy();
            var data = (ObjectNode) spoilt.get("data");
            data.set(property, data.get(property).isObject() ? spoilt.textNode("x") : spoilt.objectNode());

            assertFalse(NEW_URL.violations(spoilt).isEmpty(), () -> "the schema takes " + data.get(property));
            assertEquals(
                    "data." + property,
                    refusal(spoilt.toString())
                            .orElseThrow(() -> new AssertionError(property))
                            .field());
        }
    }

    @Test
    void everyFieldOfAPolicyMattersToTheCode() throws IOException {
        var full = (ObjectNode) Contract.read(Contract.FOLDER.resolve("examples/new-url.v1/added.json"));
        var fields = new Contract("common.v1").document().at("/$defs/policy/properties");

        assertEquals(new TreeSet<>(names(fields)), new TreeSet<>(names(full.at("/data/policy"))));
        for (var field : names(fields)) {
            var spoilt = full.deepCopy();
            ((ObjectNode) spoilt.at("/data/policy")).set(field, spoilt.booleanNode(true));

            assertFalse(NEW_URL.violations(spoilt).isEmpty(), () -> "the schema takes true for " + field);
            assertEquals(
                    "data.policy." + field,
                    refusal(spoilt.toString())
                            .orElseThrow(() -> new AssertionError(field))
                            .field());
        }
    }

    @ParameterizedTest
    @MethodSource("written")
    void whatTheCodeWritesKeepsTheContract(Written written) {
        assertEquals(List.of(), new Contract(written.contract()).violations(written.text()));
    }

    @Test
    void theCodeWritesEveryPropertyOfTheContractAndNoOther() {
        var byContract = Written.all().collect(Collectors.groupingBy(Written::contract));

        byContract.forEach((name, messages) -> {
            var paths = new TreeSet<String>();
            var contract = new Contract(name);
            messages.forEach(message -> paths.addAll(PropertyPaths.ofMessage(Contract.read(message.text()), contract)));
            assertEquals(PropertyPaths.ofSchema(contract), paths, name);
        });
    }

    @Test
    void theExamplesOfThePageKeepTheirContracts() throws IOException {
        var page = Files.readString(Contract.FOLDER.resolve("events.md"));
        var blocks = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(page);
        var contracts = new ArrayList<String>();
        while (blocks.find()) {
            var example = Contract.read(blocks.group(1));
            var contract = contractOf(example);
            contracts.add(contract);

            assertEquals(List.of(), new Contract(contract).violations(example), blocks.group(1));
        }
        assertEquals(
                List.of(
                        "new-url.v1",
                        "new-url.v1",
                        "ssl-result.v1",
                        "ssl-unchanged-batch.v1",
                        "webhook.v1",
                        "customer-webhook.v1"),
                contracts);
    }

    private static String contractOf(JsonNode example) {
        if (example instanceof ArrayNode batch) {
            var isChecked = batch.at("/0/type").asText().equals(EventType.SSL_CHECKED.typeName());
            return isChecked ? "ssl-result.v1" : "ssl-unchanged-batch.v1";
        }
        return switch (example.path("type").asText().split("\\.")[0]) {
            case "certificate" -> "webhook.v1";
            case "customer" -> "customer-webhook.v1";
            default -> "new-url.v1";
        };
    }

    private static Optional<InvalidInputException> refusal(String text) {
        try {
            return NewUrlMessage.parse(text).stream()
                    .filter(Element.Rejected.class::isInstance)
                    .map(element -> ((Element.Rejected) element).reason())
                    .findFirst();
        } catch (InvalidInputException refused) {
            return Optional.of(refused);
        }
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
