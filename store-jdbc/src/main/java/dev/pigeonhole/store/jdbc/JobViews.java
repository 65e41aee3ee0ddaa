package dev.pigeonhole.store.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept ready of the jobs looked at last. Thread-safe. */
final class JobViews {
    private static final int MOST = 8;

    private final Database database;
    private final Jobs jobs;
    private final Map<Long, JobView> views = new LinkedHashMap<>(16, 0.75f, true);

    JobViews(Database database, Jobs jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    JobView of(long job, String id) {
        JobView known = known(job);
        if (known != null) {
            return known;
        }
        JobView fresh = new JobView(
                new RowIndex(jobs.folder(id), job, jobs.plan(job)),
                new TextSearch(jobs.folder(id), id, database.engine()));
        return keep(job, fresh);
    }

    private synchronized @Nullable JobView known(long job) {
        return views.get(job);
    }

    /** Returns the one that is kept: this, or that of somebody who was faster. */
    private JobView keep(long job, JobView fresh) {
        JobView eldest = null;
        synchronized (this) {
            JobView other = views.putIfAbsent(job, fresh);
            if (other != null) {
                return other;
            }
            if (views.size() > MOST) {
                long first = views.keySet().iterator().next();
                eldest = views.remove(first);
            }
        }
        close(eldest);
        return fresh;
    }

    /** Who still uses it begins anew. */
    void forget(long job) {
        JobView view;
        synchronized (this) {
            view = views.remove(job);
        }
        close(view);
    }

    private void close(@Nullable JobView view) {
        if (view != null) {
            database.outside("a temporary file cannot be closed", () -> {
                synchronized (view.index()) {
                    view.index().close();
                }
                return true;
            });
        }
    }

    /** Closes all, before the database is closed. */
    void close() {
        List<Long> all;
        synchronized (this) {
            all = List.copyOf(views.keySet());
        }
        all.forEach(this::forget);
    }
}
