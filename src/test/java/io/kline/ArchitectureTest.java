package io.kline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.kline.model.Interval;
import java.io.Serializable;

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
    static final ArchRule STORE_KNOWS_NO_FLINK =
            noClasses()
                    .that()
                    .resideInAPackage("io.kline.store")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "redis..", "java.sql..");

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_THE_DEMO =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.kline.demo..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.kline.demo..");

    @ArchTest
    static final ArchRule THE_CHECKER_SHARES_NO_ARITHMETIC_WITH_THE_JOBS =
            noClasses()
                    .that()
                    .resideInAPackage("io.kline.demo.check")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "io.kline.candle..",
                                            "io.kline.kafka..",
                                            "io.kline.live..",
                                            "io.kline.live..",
                                            "io.kline.history..",
                                            "io.kline.state..",
                                            "io.kline.sink..",
                                            "io.kline.job..")
                                    .or(type(Interval.class)));

    @ArchTest
    static final ArchRule ONLY_JOBS_AND_DEMO_EXECUTE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.kline.job..", "io.kline.demo..")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName(
                            "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment");

    @ArchTest
    static final ArchRule THE_SERVER_KNOWS_NO_FLINK_NO_KAFKA_AND_NO_JOB =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.kline.server..", "io.kline.config..", "io.kline.query..")
                    .should()
                    .transitivelyDependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "org.apache.kafka..",
                            "io.kline.job..",
                            "io.kline.live..",
                            "io.kline.kafka..");

    @ArchTest
    static final ArchRule NOTHING_BUT_THE_DEMO_DEPENDS_ON_THE_SERVER =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.kline.server..", "io.kline.demo..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.kline.server..");

    @ArchTest
    static final ArchRule ENDPOINTS_KNOW_NO_JAVALIN =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.kline.server.api..",
                            "io.kline.server.binance..",
                            "io.kline.server.own..",
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
                .resideOutsideOfPackages("io.kline.demo..", "io.kline.kafka..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .because(
                        "time comes from Flink's timer service or an injected clock; the event time E is the sending time")
                .check(classes);
    }
}
