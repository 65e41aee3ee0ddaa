package dev.pigeonhole.web.job;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Providers;
import java.util.List;
import java.util.Map;

/** What a job must not be taken up with; found out before it waits for its turn. Immutable. */
final class RunCheck {
    /** Enough to ask a provider about its options. */
    private static final Taxonomy ANY = Taxonomy.of("any");

    private final List<String> baseUrls;

    /** @param baseUrls the addresses that this server was started with */
    RunCheck(List<String> baseUrls) {
        this.baseUrls = baseUrls.stream().map(RunCheck::plain).toList();
    }

    /**
     * The key of this server must not go to an address that somebody named elsewhere.
     *
     * @throws ProblemException the job asks such an address
     */
    void requireAllowed(JobOptions options) {
        String url = options.providerOptions().getOrDefault("base-url", "");
        if (!url.isEmpty() && !baseUrls.contains(plain(url))) {
            throw refusal(
                    "the job asks the language model at " + url + ", and this server was not started with that address;"
                            + " restart it with: pigeonhole serve --base-url " + url
                            + " – or resume the job on the command line");
        }
    }

    private static String plain(String url) {
        return url.replaceAll("/+$", "");
    }

    /**
     * The same with another money cap.
     *
     * @throws ProblemException it cannot have one, or not this one
     */
    JobOptions capped(JobOptions options, Money cap) {
        if (cap.picodollars() <= 0) {
            throw refusal("the money limit must be more than 0 US dollars");
        }
        JobOptions capped = options.withProviderOptions(
                Map.of(JobOptions.MAX_COST, cap.toDollars().stripTrailingZeros().toPlainString()));
        try {
            Providers.named(capped.provider())
                    .reader(ANY, capped.providerOptions())
                    .close();
            return capped;
        } catch (ConfigurationException e) {
            throw refusal("the money limit cannot be set: " + e.getMessage());
        }
    }

    private static ProblemException refusal(String detail) {
        return new ProblemException(Problem.of(ProblemType.SETTING_WRONG, detail));
    }
}
