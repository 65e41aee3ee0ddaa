package dev.pigeonhole.llm;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.JobMemory;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.llm.lane.LaneFolder;
import dev.pigeonhole.llm.lane.LaneRows;
import dev.pigeonhole.llm.lane.Submission;
import dev.pigeonhole.llm.money.Budget;
import dev.pigeonhole.llm.money.Price;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Takes up a job's batches where an earlier run has left them: says what they may cost, and which rows are under way. Calls that are
 * in the ledger and in no submission were never sent; they end here.
 */
final class LaneOpening {
    /** In the job's folder. */
    private static final String FOLDER = "lane";

    private final JobMemory memory;
    private final CallLedger ledger;
    private final ChatModel model;
    private final LanePlan plan;
    private final Surroundings surroundings;
    private final LaneFolder folder;
    private final List<Submission> submissions;
    private final LaneRows rows;
    private Money worstCase = Money.ZERO;

    private LaneOpening(
            JobMemory memory,
            CallLedger ledger,
            ChatModel model,
            LanePlan plan,
            Surroundings surroundings,
            LaneFolder folder) {
        this.memory = memory;
        this.rows = new LaneRows(memory.rows());
        this.ledger = ledger;
        this.model = model;
        this.plan = plan;
        this.surroundings = surroundings;
        this.folder = folder;
        this.submissions = folder.load();
        takeUp();
    }

    /** @throws ConfigurationException the settings ask for batches, and the provider has none */
    static void requireBatches(ChatModel model, LlmSettings settings) {
        if (settings.batch()) {
            batches(model);
        }
    }

    private static BatchModel batches(ChatModel model) {
        return model.batches()
                .orElseThrow(() -> new ConfigurationException(
                        "questions are to go through batches (lane=batch), but the provider of the model \""
                                + model.name() + "\" has none that are known; leave lane out, or say lane=sync"
                                + " (on the command line --lane sync)"));
    }

    /** Empty for a job that has nothing to do with batches, and for questions without a job. */
    static Optional<LaneOpening> of(Assignment assignment, ChatModel model, LanePlan plan, Surroundings surroundings) {
        return assignment.memory().flatMap(memory -> {
            LaneFolder folder = new LaneFolder(
                    surroundings.lane().disk(), memory.directory().resolve(FOLDER));
            if (!folder.isUsed()) {
                requireNothingUnderWay(assignment.ledger(), memory.directory().resolve(FOLDER));
            }
            boolean needed = plan.open() || folder.isUsed();
            return needed
                    ? Optional.of(new LaneOpening(memory, assignment.ledger(), model, plan, surroundings, folder))
                    : Optional.empty();
        });
    }

    /** Calls are entered when their folder is there; without it nobody knows which of them the provider works on. */
    private static void requireNothingUnderWay(CallLedger ledger, Path folder) {
        long[] calls = {0};
        ledger.forEachOpen((call, intent) -> calls[0] += CallFormat.isOfBatch(intent.format()) ? 1 : 0);
        if (calls[0] > 0) {
            throw new ConfigurationException(
                    "the folder " + folder + " is gone, and with it which batches are under way at"
                            + " the provider: up to " + calls[0]
                            + " requests. Put it back and resume the job. If that cannot be,"
                            + " make an empty folder in its place: then these requests are made again, and may be paid twice");
        }
    }

    private void takeUp() {
        List<Submission> open = submissions.stream().filter(Submission::isOpen).toList();
        List<Submission> over =
                submissions.stream().filter(submission -> !submission.isOpen()).toList();
        List<Long> neverSent = new ArrayList<>();
        ledger.forEachOpen((call, intent) -> {
            if (!CallFormat.isOfBatch(intent.format())) {
                return;
            }
            if (open.stream().anyMatch(submission -> submission.holds(call))) {
                rows.put(intent.rows());
                worstCase = worstCase.plus(intent.worstCase().orElse(Money.ZERO));
            } else if (over.stream().noneMatch(submission -> submission.holds(call))) {
                neverSent.add(call);
            }
        });
        LaneDesk.unbilled(ledger, neverSent);
    }

    /** The most that what is under way can cost. */
    Money worstCase() {
        return worstCase;
    }

    /**
     * The lane; empty if nothing is to be put into it, and nothing is under way.
     *
     * @param purse with none of the money in it yet
     * @throws ConfigurationException it is needed, and the provider has no batches
     */
    Optional<BatchLane> open(Drafter drafter, Budget.Purse purse) {
        boolean done = submissions.stream().allMatch(submission -> submission.stage() == Submission.Stage.DONE);
        if (!plan.open() && done) {
            return Optional.empty();
        }
        LaneMoney money = new LaneMoney(surroundings.price().map(Price::batch), purse);
        money.adopt(worstCase);
        LaneDesk desk = new LaneDesk(memory.jobId(), batches(model), ledger, folder, rows, money, surroundings.lane());
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        return Optional.of(new BatchLane(desk, drafter, model.name(), plan, submissions, warnings));
    }
}
