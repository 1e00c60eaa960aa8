package dev.certtide.local.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** Never finishes, unless it is interrupted. */
public final class EndlessHandler implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            context.getLogger().log("interrupted");
            throw new IOException(e);
        }
    }
}
