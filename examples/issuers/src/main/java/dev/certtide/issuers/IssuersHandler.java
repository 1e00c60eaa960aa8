package dev.certtide.issuers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.certtide.kit.Condition;
import dev.certtide.kit.FunctionKit;
import dev.certtide.kit.Item;
import dev.certtide.kit.Results;
import dev.certtide.kit.Table;
import dev.certtide.model.CheckResult;
import dev.certtide.model.event.CloudEvent;
import java.time.InstantSource;
import java.util.Map;

/** Which authorities our customers use: {@code ssl_result} → {@code Marketing}. */
public final class IssuersHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final FunctionKit kit;
    private final Table marketing;

    /** On Lambda. */
    public IssuersHandler() {
        this(System.getenv(), InstantSource.system());
    }

    /** With these variables and that clock. */
    public IssuersHandler(Map<String, String> environment, InstantSource clock) {
        kit = FunctionKit.of(environment, clock);
        marketing = kit.table("MARKETING_TABLE");
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return kit.batch(context)
                .process(event, context, message -> CloudEvent.readBatch(CheckResult.class, message.getBody())
                        .forEach(checked -> keep(checked.data())));
    }

    private void keep(CheckResult result) {
        var checkedAt = Results.sortable(result.checkedAt());
        // Results may come twice and late: the newest wins.
        result.newestLeaf()
                .ifPresent(leaf -> marketing.put(
                        Item.of("TARGET#" + result.target().id(), "ISSUER")
                                .with("issuer", leaf.issuer())
                                .with("checkedAt", checkedAt),
                        Condition.absentOrAtMost("checkedAt", checkedAt)));
    }
}
