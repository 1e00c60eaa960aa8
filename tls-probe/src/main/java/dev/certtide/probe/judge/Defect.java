package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.model.Status;

/** Something wrong on one address: a finding that does not know yet on which addresses else it was found. */
record Defect(FindingCode code, Status severity, String detail) {
    /** Something that is told and pages nobody: it leaves the verdict as it is. */
    static Defect informative(FindingCode code, String detail) {
        return new Defect(code, Status.OK, detail);
    }

    static Defect critical(FindingCode code, String detail) {
        return new Defect(code, Status.CRITICAL, detail);
    }
}
