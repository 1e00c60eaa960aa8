package dev.certtide.local.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By "DynamoDB item sizes and formats". */
class ItemSizeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|0",
                "{\"shoesize\": {\"S\": \"\"}}|8",
                "{\"a\": {\"S\": \"bü\"}}|4",
                "{\"n\": {\"N\": \"27\"}}|3",
                "{\"n\": {\"N\": \"-27\"}}|4",
                "{\"n\": {\"N\": \"1000000\"}}|3",
                "{\"n\": {\"N\": \"1234567\"}}|6",
                "{\"n\": {\"N\": \"0\"}}|3",
                "{\"b\": {\"B\": \"AQID\"}}|4",
                "{\"b\": {\"B\": \"AQ==\"}}|2",
                "{\"t\": {\"BOOL\": true}}|2",
                "{\"t\": {\"NULL\": true}}|2",
                "{\"l\": {\"L\": []}}|4",
                "{\"l\": {\"L\": [{\"S\": \"ab\"}, {\"BOOL\": false}]}}|9",
                "{\"m\": {\"M\": {\"k\": {\"S\": \"v\"}}}}|7",
                "{\"s\": {\"SS\": [\"ab\", \"c\"]}}|4",
            })
    void anItemIsAsLargeAsItsNamesAndValues(String item, int bytes) throws IOException {
        assertEquals(bytes, ItemSize.of(new ObjectMapper().readTree(item)));
    }
}
