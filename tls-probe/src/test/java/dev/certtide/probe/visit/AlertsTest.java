package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertsTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE, handshake_failure
            error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION,  protocol_version
            error:1000045c:SSL routines:OPENSSL_internal:TLSV1_CERTIFICATE_REQUIRED,    certificate_required
            error:10000460:SSL routines:OPENSSL_internal:TLSV1_ALERT_NO_APPLICATION_PROTOCOL, no_application_protocol
            error:100004e7:SSL routines:OPENSSL_internal:UNKNOWN,                       alert_255
            error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER,          none
            not an SSL/TLS record,                                                      none
            """)
    void anAlertIsToldByItsNameAndNothingElseIsAnAlert(String error, String name) {
        assertEquals(
                name,
                Alerts.in(error).stream().mapToObj(Alerts::name).findFirst().orElse("none"));
    }
}
