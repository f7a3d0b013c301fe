package io.kline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.kline.model.Interval;
import java.io.Serializable;
import java.time.InstantSource;

@AnalyzeClasses(packages = "io.kline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    // An Interval is serializable because it travels inside Flink's functions; nothing else of
    // java.io.
    @ArchTest
    static final ArchRule CORE_KNOWS_NO_FLINK_AND_NO_IO =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.kline.model", "io.kline.candle")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "org.apache..",
                                            "redis..",
                                            "com.fasterxml..",
                                            "java.io..",
                                            "java.nio..",
                                            "java.net..",
                                            "java.sql..")
                                    .and(not(type(Serializable.class))));

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_CLOCK =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.kline.model", "io.kline.candle")
                    .should()
                    .dependOnClassesThat(assignableTo(InstantSource.class))
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethodWhere(target(name("now")));

    // The rooms in the order of the data flow: no arrow runs back up.
    @ArchTest
    static final ArchRule ARROWS_POINT_ONE_WAY =
            layeredArchitecture()
                    .consideringOnlyDependenciesInAnyPackage("io.kline..")
                    .layer("model")
                    .definedBy("io.kline.model")
                    .layer("candle")
                    .definedBy("io.kline.candle")
                    .layer("state")
                    .definedBy("io.kline.state")
                    .layer("config")
                    .definedBy("io.kline.config")
                    .layer("store")
                    .definedBy("io.kline.store..")
                    .layer("kafka")
                    .definedBy("io.kline.kafka")
                    .layer("sink")
                    .definedBy("io.kline.sink..")
                    .layer("live")
                    .definedBy("io.kline.live")
                    .layer("history")
                    .definedBy("io.kline.history")
                    .layer("job")
                    .definedBy("io.kline.job")
                    .layer("query")
                    .definedBy("io.kline.query")
                    .layer("server")
                    .definedBy("io.kline.server..")
                    .layer("tools")
                    .definedBy("io.kline.tools..")
                    .whereLayer("model")
                    .mayNotAccessAnyLayer()
                    .whereLayer("candle")
                    .mayOnlyAccessLayers("model")
                    .whereLayer("state")
                    .mayOnlyAccessLayers("model", "candle")
                    .whereLayer("config")
                    .mayOnlyAccessLayers("model")
                    .whereLayer("store")
                    .mayOnlyAccessLayers("model", "config")
                    .whereLayer("kafka")
                    .mayOnlyAccessLayers("model", "state", "store")
                    .whereLayer("sink")
                    .mayOnlyAccessLayers("model", "config", "store")
                    .whereLayer("live")
                    .mayOnlyAccessLayers("model", "candle", "state", "config", "store", "kafka")
                    .whereLayer("history")
                    .mayOnlyAccessLayers("model", "store", "kafka")
                    .whereLayer("job")
                    .mayOnlyAccessLayers(
                            "model", "candle", "state", "config", "store", "kafka", "sink", "live",
                            "history")
                    .whereLayer("query")
                    .mayOnlyAccessLayers("model", "config", "store")
                    .whereLayer("server")
                    .mayOnlyAccessLayers("model", "config", "store", "query")
                    .whereLayer("tools")
                    .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CIRCLES =
            slices().matching("io.kline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule STORES_AND_READERS_KNOW_NO_FLINK_AND_NO_KAFKA =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.kline.config..",
                            "io.kline.store..",
                            "io.kline.query..",
                            "io.kline.server..")
                    .should()
                    .transitivelyDependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule WHAT_BOTH_STORES_SHARE_KNOWS_NEITHER =
            noClasses()
                    .that()
                    .resideInAPackage("io.kline.store")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("redis..", "java.sql..", "io.kline.store.*");

    @ArchTest
    static final ArchRule THE_CHECKER_SHARES_NO_ARITHMETIC_WITH_THE_JOBS =
            noClasses()
                    .that()
                    .resideInAPackage("io.kline.tools.check")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "io.kline.candle..",
                                            "io.kline.kafka..",
                                            "io.kline.live..",
                                            "io.kline.history..",
                                            "io.kline.state..",
                                            "io.kline.sink..",
                                            "io.kline.job..",
                                            "io.kline.store.mysql..",
                                            "io.kline.query..",
                                            "io.kline.tools.rebuild..")
                                    .or(type(Interval.class)));

    // What repairs is judged by what checks, so neither may know the other.
    @ArchTest
    static final ArchRule REBUILD_USES_THE_CORE_AND_THE_STORES_ALONE =
            noClasses()
                    .that()
                    .resideInAPackage("io.kline.tools.rebuild")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.kline.tools.check..",
                            "io.kline.state..",
                            "io.kline.sink..",
                            "io.kline.live..",
                            "io.kline.history..",
                            "io.kline.job..",
                            "io.kline.query..");

    @ArchTest
    static final ArchRule ONLY_JOBS_AND_TOOLS_EXECUTE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.kline.job..", "io.kline.tools..")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName(
                            "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment");

    @ArchTest
    static final ArchRule ENDPOINTS_KNOW_NO_JAVALIN =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.kline.server.api..",
                            "io.kline.server.binance..",
                            "io.kline.server.own..",
                            "io.kline.server.precision..",
                            "io.kline.server.ticker..",
                            "io.kline.server.udf..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.javalin..", "jakarta..", "org.eclipse.jetty..");

    @ArchTest
    static final ArchRule NO_CATCH_ALL_NAMES =
            classes().should().haveNameNotMatching(".*(Utils?|Manager|Helper|Impl)$");

    @ArchTest
    static void wallClockOnlyWhereItIsMeant(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.kline.tools..", "io.kline.kafka..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .because(
                        "time comes from Flink's timer service or an injected clock; the event time E is the sending time")
                .check(classes);
    }
}
