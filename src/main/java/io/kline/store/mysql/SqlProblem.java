package io.kline.store.mysql;

import java.sql.SQLException;
import java.util.Set;

/** What is wrong with MySQL, in one line. */
public final class SqlProblem {

    /** The server's codes: wait too long, deadlock, changed since it was read (MariaDB). */
    private static final Set<Integer> CONFLICTS = Set.of(1205, 1213, 1020);

    private SqlProblem() {}

    /** Whether another transaction was in the way, so that the same may succeed when repeated. */
    public static boolean isConflict(SQLException e) {
        return CONFLICTS.contains(e.getErrorCode());
    }

    /**
     * What the driver says, and the reason, which it leaves to the exception at the end of the
     * chain: of a certificate that is not trusted it says "Communications link failure".
     */
    public static String of(SQLException e) {
        // A pool says only that it has waited.
        Throwable driver = e.getCause() instanceof SQLException cause ? cause : e;
        Throwable root = driver;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = firstLine(driver);
        String reason = firstLine(root);
        return said.contains(reason) ? said : said + ": " + reason;
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
