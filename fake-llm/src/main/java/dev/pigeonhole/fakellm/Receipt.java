package dev.pigeonhole.fakellm;

import java.util.ArrayList;
import java.util.List;

/** The answers in a file, which count as delivered when somebody has downloaded all of it for the first time. Thread-safe. */
final class Receipt {
    private final Bill bill;
    private final List<Bill.Slip> slips = new ArrayList<>();
    private boolean delivered;

    Receipt(Bill bill) {
        this.bill = bill;
    }

    synchronized void add(Bill.Slip slip) {
        slips.add(slip);
    }

    /** Whoever is told of the end of one download: true just before its last byte, false if it does not get through. */
    Download download() {
        return new Download();
    }

    private synchronized boolean deliver() {
        if (delivered) {
            return false;
        }
        delivered = true;
        slips.forEach(slip -> bill.deliver(slip, 1));
        return true;
    }

    private synchronized void takeBack() {
        delivered = false;
        slips.forEach(slip -> bill.deliver(slip, -1));
    }

    /** One download. Not thread-safe. */
    final class Download {
        private boolean counted;

        private Download() {}

        void ended(boolean whole) {
            if (whole) {
                counted = deliver();
            } else if (counted) {
                takeBack();
                counted = false;
            }
        }
    }
}
