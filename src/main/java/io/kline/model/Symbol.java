package io.kline.model;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What a symbol is: 1 to 32 letters and digits of any script, cased ones in upper case, and {@code
 * . _ -}, in normal form C. Nothing else may reach a key or a statement.
 */
public final class Symbol {

    private static final int MAX_LENGTH = 32;

    private Symbol() {}

    /** Whether a text is a symbol. */
    public static boolean isValid(String text) {
        int length = text.length();
        if (length == 0 || length > 2 * MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean isAscii =
                    c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || c == '.'
                            || c == '_'
                            || c == '-';
            if (!isAscii) {
                return c > 127 && isOfAnyScript(text);
            }
        }
        return length <= MAX_LENGTH;
    }

    private static boolean isOfAnyScript(String text) {
        return text.codePointCount(0, text.length()) <= MAX_LENGTH
                && text.codePoints().allMatch(Symbol::isPart)
                && text.equals(text.toUpperCase(Locale.ROOT))
                && Normalizer.isNormalized(text, Normalizer.Form.NFC);
    }

    private static boolean isPart(int c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
    }
}
