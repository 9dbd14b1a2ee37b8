using System.Text.RegularExpressions;

namespace Explain.Rules.Tests;

/// <summary>"The same bytes on every machine": nothing that decides a bit calls what differs between machines.</summary>
public sealed partial class SameBytes
{
    /// <summary>Files that may, with the reason.</summary>
    private static readonly Dictionary<string, string> Exempt = new()
    {
        // None: even approximate uses (a tick's exponent, an angle that is rounded) decide bytes at the border.
    };

    [Fact]
    public void No_function_of_the_platforms_mathematical_library_is_called()
    {
        var offenders = from folder in (string[])["Explain.Core", "Explain.Render", "Explain.Tool"]
                        from source in Repository.Sources(folder)
                        where !Exempt.ContainsKey(source.Path)
                        from Match call in PlatformFunction().Matches(Comment().Replace(source.Text, ""))
                        select $"{source.Path}: {call.Value}; PortableMath or VectorMath has it for every machine alike";
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Every_exemption_is_used() =>
        Exempt.Keys.Where(path => !PlatformFunction().IsMatch(File.ReadAllText(Path.Combine(Repository.Root, path)))).ShouldBeEmpty();

    [Theory]
    [InlineData("double y = Math.Log10(x);", true)]
    [InlineData("values.Select(Math.Exp)", true)]
    [InlineData("MathF . Pow(x, 2)", true)]
    [InlineData("double.SinCos(x)", true)]
    [InlineData("float.RootN(x, 3)", true)]
    [InlineData("Vector256.Exp(v)", true)]
    [InlineData("Vector128.MultiplyAddEstimate(a, b, c)", true)]
    [InlineData("Math.ReciprocalSqrtEstimate(x)", true)]
    [InlineData("TensorPrimitives.Exp(x, y)", true)]
    [InlineData("using static System.Math;", true)]
    [InlineData("PortableMath.Log10(x)", false)]
    [InlineData("VectorMath.Exp(x)", false)]
    [InlineData("Math.Sqrt(x)", false)]
    [InlineData("Math.FusedMultiplyAdd(a, b, c)", false)]
    [InlineData("Spread.Log", false)]
    public void Calls_are_told_from_others_of_the_name(string code, bool isPlatform) => PlatformFunction().IsMatch(code).ShouldBe(isPlatform);

    // Square roots, rounding and fused multiply-adds are exact by IEEE 754 and therefore the same everywhere. Estimates, and the vectors' own functions built on them, depend on the processor.
    [GeneratedRegex(@"(?<![\w.])(?:System\s*\.\s*)?(?:MathF?|double|float|Double|Single|Half|Complex|Vector(?:64|128|256|512)?|TensorPrimitives|BigInteger)(?:<\w+>)?\s*\.\s*(?:Log(?:P1|2|10|2P1|10P1)?|Exp(?:2|10|M1|2M1|10M1)?|Pow|Cbrt|RootN|Hypot|A?(?:Sin|Cos|Tan)(?:h|Pi)?|SinCos(?:Pi)?|Atan2(?:Pi)?|\w*Estimate)\b|using\s+static\s+System\.MathF?\b|\busing\s+\w+\s*=\s*System\.MathF?\b")]
    private static partial Regex PlatformFunction();

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();
}
