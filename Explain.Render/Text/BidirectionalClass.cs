using System.Globalization;
using System.Text;

namespace Explain.Render;

/// <summary>What a character does to the direction of a line (UAX #9, 2024, table 4).</summary>
internal enum BidirectionalClass
{
    /// <summary>L: a letter read from left to right.</summary>
    Left,

    /// <summary>R: a letter read from right to left.</summary>
    Right,

    /// <summary>AL: an Arabic letter, beside which figures behave otherwise.</summary>
    Arabic,

    /// <summary>EN: a European figure.</summary>
    Figure,

    /// <summary>AN: an Arabic figure.</summary>
    ArabicFigure,

    /// <summary>ES: plus and minus.</summary>
    Sign,

    /// <summary>ET: what belongs to a number beside it, as a percent sign.</summary>
    Terminator,

    /// <summary>CS: what stands between the figures of a number.</summary>
    Separator,

    /// <summary>NSM: a mark that goes with the character before it.</summary>
    Mark,

    /// <summary>LRI, RLI or FSI: the start of what is isolated.</summary>
    IsolateStart,

    /// <summary>PDI: its end.</summary>
    IsolateEnd,

    /// <summary>ON, WS, S, B: takes the direction of its neighbours.</summary>
    Neutral,
}

/// <summary>
/// Classes from the ranges of the scripts and from general categories, which agree with Unicode's own table for assigned characters.
/// </summary>
internal static class BidirectionalClasses
{
    /// <summary>The class of a character.</summary>
    public static BidirectionalClass Of(Rune rune)
    {
        int code = rune.Value;
        if (code is >= '0' and <= '9' or >= 0x06F0 and <= 0x06F9 or 0x00B2 or 0x00B3 or 0x00B9 or 0x2070 or >= 0x2074 and <= 0x2079
            or >= 0x2080 and <= 0x2089)
            return BidirectionalClass.Figure;
        if (code is >= 0x0660 and <= 0x0669 or 0x066B or 0x066C)
            return BidirectionalClass.ArabicFigure;
        if (code is '+' or '-' or '−' or 0x207A or 0x207B or 0x208A or 0x208B)
            return BidirectionalClass.Sign;
        if (code is '.' or ',' or ':' or '/' or 0x00A0 or 0x202F or 0x060C)
            return BidirectionalClass.Separator;
        if (code is '%' or '#' or '°' or '±' or '‰' or '′' or '″' or 0x066A)
            return BidirectionalClass.Terminator;
        if (code is >= 0x2066 and <= 0x2068)
            return BidirectionalClass.IsolateStart;
        if (code == 0x2069)
            return BidirectionalClass.IsolateEnd;
        var category = Rune.GetUnicodeCategory(rune);
        return category switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => BidirectionalClass.Mark,
            UnicodeCategory.CurrencySymbol => BidirectionalClass.Terminator,
            _ when code == 0x200F || IsRight(code) => BidirectionalClass.Right,
            _ when IsArabic(code) => BidirectionalClass.Arabic,
            UnicodeCategory.LetterNumber or UnicodeCategory.SpacingCombiningMark => BidirectionalClass.Left,
            _ when code == 0x200E || Rune.IsLetter(rune) => BidirectionalClass.Left,
            _ => BidirectionalClass.Neutral,
        };
    }

    /// <summary>Whether a line with this UTF-16 unit may need reordering.</summary>
    public static bool MayReorder(char unit) =>
        unit >= 0x0590 && (unit is <= '\u08FF' or '\u200F' or (>= '\u2066' and <= '\u2069') or (>= '\uD802' and <= '\uD83B')
            or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC'));

    private static bool IsRight(int code) =>
        code is (>= 0x0590 and <= 0x05FF) or (>= 0x07C0 and <= 0x085F) or (>= 0xFB1D and <= 0xFB4F) or (>= 0x10800 and <= 0x10CFF)
            or (>= 0x10D40 and <= 0x10EBF) or (>= 0x10F00 and <= 0x10F2F) or (>= 0x10F70 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EC6F)
            or (>= 0x1ECC0 and <= 0x1ECFF) or (>= 0x1ED50 and <= 0x1EDFF) or (>= 0x1EF00 and <= 0x1EFFF);

    private static bool IsArabic(int code) =>
        code is (>= 0x0600 and <= 0x07BF) or (>= 0x0860 and <= 0x08FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC)
            or (>= 0x10D00 and <= 0x10D3F) or (>= 0x10EC0 and <= 0x10EFF) or (>= 0x10F30 and <= 0x10F6F) or (>= 0x1EC70 and <= 0x1ECBF)
            or (>= 0x1ED00 and <= 0x1ED4F) or (>= 0x1EE00 and <= 0x1EEFF);
}
