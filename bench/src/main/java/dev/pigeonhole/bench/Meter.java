package dev.pigeonhole.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** What this process has taken so far: CPU and wall since its start, memory at its peak. Thread-safe. */
final class Meter {
    private static final Path STATUS = Path.of("/proc/self/status");

    private final AtomicLong mostAfterCollection = new AtomicLong();

    Meter() {
        Set<String> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getName)
                .collect(Collectors.toSet());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(
                        (notification, handback) -> {
                            if (notification.getUserData() instanceof CompositeData data) {
                                collected(GarbageCollectionNotificationInfo.from(data), heap);
                            }
                        },
                        null,
                        null);
            }
        }
    }

    private void collected(GarbageCollectionNotificationInfo info, Set<String> heap) {
        long used = info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> heap.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        mostAfterCollection.accumulateAndGet(used, Math::max);
    }

    /** CPU time of the process, its start included. */
    static long cpuMillis() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1_000_000;
    }

    /** Time since the virtual machine began to start. */
    static long wallMillis() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    /** All figures, by name. */
    Map<String, String> read() {
        Map<String, String> figures = new TreeMap<>();
        figures.put("cpu_ms", Long.toString(cpuMillis()));
        figures.put("wall_ms", Long.toString(wallMillis()));
        figures.put("heap_after_gc_kb", Long.toString(mostAfterCollection.get() >> 10));
        figures.put("heap_peak_kb", Long.toString(heapPeak() >> 10));
        figures.put("rss_peak_kb", Long.toString(residentPeakKb()));
        return figures;
    }

    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    /** 0 where the system does not say. */
    private static long residentPeakKb() {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
