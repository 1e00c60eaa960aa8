package dev.certtide.local.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certtide.local.sns.FilterPolicy.Scope;
import dev.certtide.local.sqs.MessageAttribute;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter policy lets through, case by case. */
class FilterPolicyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // policy | attributes, name=value; a value of digits is a Number, one in brackets a String.Array |
                // passes
                "{'kind':['new','upd']}                              | kind=new            | true",
                "{'kind':['new','upd']}                              | kind=del            | false",
                "{'kind':['new']}                                    | other=new           | false",
                "{'kind':['new'],'src':[{'prefix':'scan-'}]}         | kind=new;src=scan-1 | true",
                "{'kind':['new'],'src':[{'prefix':'scan-'}]}         | kind=new;src=x      | false",
                "{'env':[{'anything-but':['prod']}]}                 | env=dev             | true",
                "{'env':[{'anything-but':['prod']}]}                 | env=prod            | false",
                "{'env':[{'anything-but':['prod']}]}                 | other=dev           | false",
                "{'days':[{'numeric':['>=',0,'<',30]}]}              | days=0              | true",
                "{'days':[{'numeric':['>=',0,'<',30]}]}              | days=29.5           | true",
                "{'days':[{'numeric':['>=',0,'<',30]}]}              | days=30             | false",
                "{'days':[{'numeric':['=',99]}]}                     | days=99             | true",
                "{'a':[{'exists':true}],'b':[{'exists':false}]}      | a=1                 | true",
                "{'a':[{'exists':true}],'b':[{'exists':false}]}      | a=1;b=2             | false",
                "{'tags':['tls']}                                    | tags=[\"x\",\"tls\"] | true",
                "{'tags':['tls']}                                    | tags=[\"x\"]        | false",
                "{'h':[{'suffix':'.com'}]}                           | h=x.com             | true",
                "{'h':[{'equals-ignore-case':'LOCAL'}]}              | h=local             | true",
                "{'h':[{'wildcard':'a*z'}]}                          | h=abcz              | true",
                "{'$or':[{'a':['x']},{'b':['y']}]}                   | b=y                 | true",
                "{'$or':[{'a':['x']},{'b':['y']}]}                   | a=y                 | false",
                "{'attention':['yes']}                               | attention=yes       | true",
            })
    void attributesAreMatched(String policy, String attributes, boolean passes) {
        assertEquals(
                passes,
                FilterPolicy.compile(json(policy), Scope.MessageAttributes).matches(message("m", attributes)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'cert':{'status':[{'anything-but':'ok'}]}}   | {'cert':{'status':'bad'}}             | true",
                "{'cert':{'status':[{'anything-but':'ok'}]}}   | {'cert':{'status':'ok'}}              | false",
                "{'cert':{'days':[{'numeric':['<',14]}]}}      | {'cert':{'days':3}}                   | true",
                "{'f':[true],'z':[null],'w':[{'exists':false}]} | {'f':true,'z':null}                  | true",
                "{'f':[true],'z':[null],'w':[{'exists':false}]} | {'f':true,'z':null,'w':1}            | false",
                "{'l':['x']}                                   | {'l':['y','x']}                       | true",
                "{'items':{'k':['v']}}                         | {'items':[{'k':'q'},{'k':'v'}]}       | true",
                "{'items':{'k':['v']}}                         | {'items':[{'k':'q'}]}                 | false",
                "{'f':[true]}                                  | not json                              | false",
                "{'f':[{'exists':false}]}                      | ['an array']                          | false",
            })
    void bodiesAreMatched(String policy, String body, boolean passes) {
        assertEquals(
                passes, FilterPolicy.compile(json(policy), Scope.MessageBody).matches(message(json(body), "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "['array']",
                "{'a':'no array'}",
                "{'a':{'nested':['x']}}",
                "{'a':[{'no-such-operator':'x'}]}",
                "{'a':[{'numeric':['about',3]}]}",
                "{'a':['1'],'b':['1'],'c':['1'],'d':['1'],'e':['1'],'f':['1']}",
                "{'a':['1','2','3','4','5','6'],'b':['1','2','3','4','5','6'],'c':['1','2','3','4','5']}",
            })
    void whatSnsWouldRefuseIsRefused(String policy) {
        var refused =
                assertThrows(SnsException.class, () -> FilterPolicy.compile(json(policy), Scope.MessageAttributes));
        assertEquals("InvalidParameter", refused.code());
    }

    @Test
    void oneHundredAndFiftyCombinationsAreTheLimit() {
        FilterPolicy.compile(
                json("{'a':['1','2','3','4','5'],'b':['1','2','3','4','5','6'],'c':['1','2','3','4','5']}"),
                Scope.MessageAttributes);
        // Each level of nesting multiplies: 3 levels x 4 values, 2 levels x 3 values, 3 values.
        assertThrows(
                SnsException.class,
                () -> FilterPolicy.compile(
                        json("{'a':{'b':{'c':['1','2','3','4']}},'d':{'e':['1','2','3']},'f':['1','2','3']}"),
                        Scope.MessageBody));
    }

    private static Notification message(String body, String attributes) {
        var all = new LinkedHashMap<String, MessageAttribute>();
        for (var pair : attributes == null || attributes.isEmpty() ? new String[0] : attributes.split(";")) {
            var value = pair.substring(pair.indexOf('=') + 1);
            var type = value.startsWith("[") ? "String.Array" : pair.startsWith("days") ? "Number" : "String";
            all.put(pair.substring(0, pair.indexOf('=')), new MessageAttribute(type, value));
        }
        return Notification.of(
                "arn:aws:sns:us-east-1:000000000000:t", Optional.empty(), body, Map.copyOf(all), Instant.EPOCH);
    }

    private static String json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"');
    }
}
