package dev.pigeonhole.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.local.LocalCategorizer;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms and their doors. Each rule is also shown to fail where it is broken on purpose. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.pigeonhole");

    private static final String CORE = "dev.pigeonhole.core";

    private static final ArchRule NO_CYCLES =
            slices().matching("dev.pigeonhole.(**)").should().beFreeOfCycles();

    private static final ArchRule ORDER_IN_CORE = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("nouns")
            .definedBy(CORE)
            .layer("batch")
            .definedBy(CORE + ".batch")
            .layer("categorize")
            .definedBy(CORE + ".categorize")
            .layer("csv")
            .definedBy(CORE + ".csv")
            .layer("file")
            .definedBy(CORE + ".file")
            .layer("ledger")
            .definedBy(CORE + ".ledger")
            .layer("checkpoint")
            .definedBy(CORE + ".checkpoint")
            .layer("combine")
            .definedBy(CORE + ".combine")
            .layer("job")
            .definedBy(CORE + ".job")
            .layer("testing")
            .definedBy(CORE + ".testing")
            .whereLayer("batch")
            .mayNotAccessAnyLayer()
            .whereLayer("nouns")
            .mayNotAccessAnyLayer()
            .whereLayer("ledger")
            .mayOnlyAccessLayers("nouns")
            .whereLayer("categorize")
            .mayOnlyAccessLayers("nouns", "ledger")
            .whereLayer("csv")
            .mayOnlyAccessLayers("nouns")
            .whereLayer("file")
            .mayOnlyAccessLayers("nouns")
            .whereLayer("checkpoint")
            .mayOnlyAccessLayers("nouns", "csv", "ledger")
            .whereLayer("combine")
            .mayOnlyAccessLayers("nouns", "csv", "file", "checkpoint")
            .whereLayer("job")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("testing")
            .mayNotBeAccessedByAnyLayer();

    private static final ArchRule PURE_CORE = noClasses()
            .that()
            .resideInAPackage(CORE + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.pigeonhole.cli..",
                    "dev.pigeonhole.web..",
                    "dev.pigeonhole.workspace..",
                    "dev.pigeonhole.quality..",
                    "dev.pigeonhole.cascade..",
                    "dev.pigeonhole.local..",
                    "dev.pigeonhole.store..",
                    "dev.pigeonhole.llm..",
                    "dev.pigeonhole.openai..",
                    "dev.pigeonhole.fakellm..",
                    "io.javalin..",
                    "org.eclipse.jetty..",
                    "jakarta.servlet..",
                    "okhttp3..",
                    "io.github.resilience4j..",
                    "java.sql..",
                    "java.net.http..",
                    "com.fasterxml..",
                    "picocli..",
                    "ch.qos..");

    private static final ArchRule ADAPTERS_DO_NOT_SEE_EACH_OTHER = slices().matching(
                    "dev.pigeonhole.(local|store|llm|fakellm)..")
            .should()
            .notDependOnEachOther();

    private static final ArchRule THE_LANGUAGE_MODEL_SEES_CORE_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.pigeonhole.llm..")
            .should()
            .dependOnClassesThat(residesInOtherRoom(CORE, "dev.pigeonhole.llm"));

    private static final ArchRule OPENAI_SEES_CORE_AND_THE_LANGUAGE_MODEL_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.pigeonhole.openai..")
            .should()
            .dependOnClassesThat(residesInOtherRoom(CORE, "dev.pigeonhole.llm", "dev.pigeonhole.openai"));

    private static final ArchRule THE_FAKE_SERVER_SEES_NOBODY = noClasses()
            .that()
            .resideInAPackage("dev.pigeonhole.fakellm..")
            .should()
            .dependOnClassesThat(residesInOtherRoom("dev.pigeonhole.fakellm"));

    private static final ArchRule THE_WORKSPACE_SEES_CORE_AND_QUALITY_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.pigeonhole.workspace..")
            .and()
            // It finds who categorizes, and puts the cascade before him.
            .doNotHaveFullyQualifiedName("dev.pigeonhole.workspace.Providers")
            .should()
            .dependOnClassesThat(residesInOtherRoom(CORE, "dev.pigeonhole.workspace", "dev.pigeonhole.quality"));

    private static final ArchRule THE_CASCADE_SEES_CORE_AND_THE_JUDGE_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.pigeonhole.cascade..")
            .should()
            .dependOnClassesThat(residesInOtherRoom(CORE, "dev.pigeonhole.quality", "dev.pigeonhole.cascade"));

    private static final ArchRule ONLY_ONE_CLASS_NAMES_THE_CASCADE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pigeonhole.cascade..")
            .and()
            .doNotHaveFullyQualifiedName("dev.pigeonhole.workspace.Providers")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.pigeonhole.cascade..");

    private static final ArchRule THE_JUDGE_SEES_CORE_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.pigeonhole.quality..")
            .should()
            .dependOnClassesThat(residesInOtherRoom(CORE, "dev.pigeonhole.quality"));

    private static final ArchRule THE_WEB_PAGE_SEES_CORE_WORKSPACE_AND_QUALITY_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.pigeonhole.web..")
            .and()
            .doNotHaveFullyQualifiedName("dev.pigeonhole.web.Wiring")
            .should()
            .dependOnClassesThat(residesInOtherRoom(
                    CORE, "dev.pigeonhole.workspace", "dev.pigeonhole.quality", "dev.pigeonhole.web"));

    private static final ArchRule ADAPTERS_DO_NOT_SEE_THE_FACES = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.pigeonhole.local..",
                    "dev.pigeonhole.store..",
                    "dev.pigeonhole.llm..",
                    "dev.pigeonhole.openai..",
                    "dev.pigeonhole.fakellm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.pigeonhole.cli..",
                    "dev.pigeonhole.web..",
                    "dev.pigeonhole.workspace..",
                    "dev.pigeonhole.quality..");

    private static final ArchRule ONE_MODULE_KNOWS_THE_SERVER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pigeonhole.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

    /** The command is made at each start, also of other commands; what it names may be loaded with it. */
    private static final ArchRule OTHER_COMMANDS_DO_NOT_LOAD_THE_SERVER = noClasses()
            .that()
            .resideInAPackage("dev.pigeonhole.cli..")
            .and()
            .haveNameNotMatching(".*\\.(Serving(\\$Wish)?|Wiring)")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.pigeonhole.web..");

    private static final ArchRule ONE_MODULE_KNOWS_THE_HTTP_CLIENT = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pigeonhole.openai..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..", "kotlin..");

    private static final ArchRule ONLY_THE_WIRING_NAMES_ADAPTERS = noClasses()
            .that()
            .resideInAPackage("dev.pigeonhole.cli..")
            .and()
            .doNotBelongToAnyOf(Wiring.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.pigeonhole.local..",
                    "dev.pigeonhole.store..",
                    "dev.pigeonhole.llm..",
                    "dev.pigeonhole.openai..",
                    "dev.pigeonhole.fakellm..");

    private static final ArchRule FEW_PUBLIC_ADAPTER_TYPES = classes()
            .that()
            .resideInAnyPackage(
                    "dev.pigeonhole.local..",
                    "dev.pigeonhole.store..",
                    "dev.pigeonhole.openai..",
                    "dev.pigeonhole.cli..")
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .doNotBelongToAnyOf(
                    Main.class,
                    JdbcCheckpointStore.class,
                    LocalCategorizer.class,
                    dev.pigeonhole.local.LocalProvider.class)
            .and()
            .haveNameNotMatching(".*\\.openai\\.OpenAi(Categorizer|Provider)")
            .and()
            .haveNameNotMatching(
                    ".*\\.local\\.(LocalModel|ModelCard|Prediction|PrecisionPromise|TrainingSettings|LocalRankerProvider)")
            .and()
            .haveNameNotMatching(".*\\.local\\.(features|file)\\..*")
            .should()
            .notBePublic();

    private static final ArchRule NO_STATIC_STATE =
            fields().that().areStatic().should().beFinal();

    private static final ArchRule RESULT_FILES_GO_THROUGH_THE_DISK = noClasses()
            .that()
            .resideInAPackage(CORE + "..")
            .and()
            .resideOutsideOfPackage(CORE + ".file")
            .and()
            // It removes the folder of a job that is deleted, and publishes nothing.
            .doNotHaveSimpleName("InMemoryCheckpointStore")
            .should()
            .callMethodWhere(new DescribedPredicate<>("Files writes or moves") {
                private final Set<String> writing = Set.of(
                        "write",
                        "writeString",
                        "newBufferedWriter",
                        "newOutputStream",
                        "move",
                        "copy",
                        "delete",
                        "deleteIfExists");

                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                    return call.getTargetOwner().isEquivalentTo(Files.class) && writing.contains(call.getName());
                }
            });

    private static final ArchRule NO_EXCEPTION_BUT_OURS = classes()
            .that()
            .resideInAPackage("dev.pigeonhole..")
            .and()
            .areAssignableTo(Exception.class)
            .and(new DescribedPredicate<JavaClass>("are public") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getModifiers().contains(JavaModifier.PUBLIC);
                }
            })
            .should()
            .beAssignableTo(dev.pigeonhole.core.PigeonholeException.class);

    @Test
    void packagesHaveNoCycles() {
        NO_CYCLES.check(PRODUCT);
    }

    @Test
    void thePackagesOfCoreDependInOneDirection() {
        ORDER_IN_CORE.check(PRODUCT);
    }

    @Test
    void coreIsPure() {
        PURE_CORE.check(PRODUCT);
    }

    @Test
    void adaptersDoNotSeeEachOther() {
        ADAPTERS_DO_NOT_SEE_EACH_OTHER.check(PRODUCT);
    }

    @Test
    void theRoomsOfTheLanguageModelSeeOnlyWhatTheyMay() {
        THE_LANGUAGE_MODEL_SEES_CORE_ONLY.check(PRODUCT);
        OPENAI_SEES_CORE_AND_THE_LANGUAGE_MODEL_ONLY.check(PRODUCT);
        THE_FAKE_SERVER_SEES_NOBODY.check(PRODUCT);
    }

    @Test
    void theRoomsOfTheFacesSeeOnlyWhatTheyMay() {
        THE_WORKSPACE_SEES_CORE_AND_QUALITY_ONLY.check(PRODUCT);
        THE_JUDGE_SEES_CORE_ONLY.check(PRODUCT);
        THE_CASCADE_SEES_CORE_AND_THE_JUDGE_ONLY.check(PRODUCT);
        ONLY_ONE_CLASS_NAMES_THE_CASCADE.check(PRODUCT);
        THE_WEB_PAGE_SEES_CORE_WORKSPACE_AND_QUALITY_ONLY.check(PRODUCT);
        ADAPTERS_DO_NOT_SEE_THE_FACES.check(PRODUCT);
    }

    @Test
    void theServerStaysInItsRoom() {
        ONE_MODULE_KNOWS_THE_SERVER.check(PRODUCT);
        OTHER_COMMANDS_DO_NOT_LOAD_THE_SERVER.check(PRODUCT);
    }

    @Test
    void oneModuleKnowsTheHttpClient() {
        ONE_MODULE_KNOWS_THE_HTTP_CLIENT.check(PRODUCT);
    }

    @Test
    void onlyTheWiringNamesAdapters() {
        ONLY_THE_WIRING_NAMES_ADAPTERS.check(PRODUCT);
    }

    @Test
    void adaptersShowFewTypes() {
        FEW_PUBLIC_ADAPTER_TYPES.check(PRODUCT);
    }

    @Test
    void thereIsNoStaticState() {
        NO_STATIC_STATE.check(PRODUCT);
    }

    @Test
    void resultFilesAreWrittenOnlyThroughTheDisk() {
        RESULT_FILES_GO_THROUGH_THE_DISK.check(PRODUCT);
    }

    @Test
    void publicExceptionsHaveOneRoot() {
        NO_EXCEPTION_BUT_OURS.check(PRODUCT);
    }

    /** A rule about nothing cannot fail; so each kind of rule is broken here once. */
    @Test
    void theRulesCanFail() {
        fails(noClasses()
                .that()
                .resideInAPackage(CORE + ".job")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Item.class));
        fails(noClasses()
                .that()
                .belongToAnyOf(Wiring.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pigeonhole.store.."));
        fails(classes().that().belongToAnyOf(Job.class).should().notBePublic());
        fails(noClasses()
                .that()
                .resideInAPackage("dev.pigeonhole.openai..")
                .should()
                .dependOnClassesThat(residesInOtherRoom(CORE, "dev.pigeonhole.openai")));
        fails(noClasses()
                .that()
                .resideOutsideOfPackage("dev.pigeonhole.llm..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3.."));
        fails(noClasses()
                .that()
                .resideInAPackage("dev.pigeonhole.web..")
                .should()
                .dependOnClassesThat(residesInOtherRoom(CORE, "dev.pigeonhole.workspace", "dev.pigeonhole.web")));
        fails(slices().matching("dev.pigeonhole.core.(*)..").should().notDependOnEachOther());
        fails(noClasses()
                .that()
                .resideInAPackage(CORE + ".file")
                .should()
                .callMethodWhere(new DescribedPredicate<>("Files moves") {
                    @Override
                    public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                        return call.getTargetOwner().isEquivalentTo(Files.class)
                                && call.getName().equals("move");
                    }
                }));
        fails(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("csv")
                .definedBy(CORE + ".csv")
                .layer("job")
                .definedBy(CORE + ".job")
                .whereLayer("job")
                .mayNotAccessAnyLayer());
    }

    /** A class of ours in none of these rooms. */
    private static DescribedPredicate<JavaClass> residesInOtherRoom(String... allowed) {
        return new DescribedPredicate<>("are of another room than " + String.join(", ", allowed)) {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getPackageName() + ".";
                return name.startsWith("dev.pigeonhole.")
                        && Stream.of(allowed).noneMatch(room -> name.startsWith(room + "."));
            }
        };
    }

    private static void fails(ArchRule rule) {
        assertThatThrownBy(() -> rule.check(PRODUCT)).isInstanceOf(AssertionError.class);
    }
}
