using System.Globalization;
using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>What holds for the ticks of every scale, tried on thousands of domains and lengths.</summary>
public class TickPropertyTests
{
    private static readonly TickRoom[] Rooms = [TickRoom.Along(TestFont.Face), TickRoom.Beside, new(28), new(90) { Face = TestFont.Face }];

    public static TheoryData<double, double> OddDomains => new()
    {
        { 0, 1 }, { 0, 0 }, { 1e9, 1e9 + 1e-3 }, { 1e-300, 3e-300 }, { -1e300, 1e300 }, { 5, 5 }, { -2, -1 },
        { 1e15, 1e15 + 2 }, { 123456789.0, 123456791.0 }, { -1e-12, 1e12 }, { double.NaN, 1 }, { 0.1 + 0.2, 0.9 }, { 1, 1 + 1e-13 },
        { 1e-8, 1e300 },
    };

    [Fact]
    public void Linear_ticks_keep_their_promises_for_random_domains()
    {
        foreach (var (limits, length, room) in Random(4000, log: false))
            Check(new LinearScale(limits, 0, length), room, least: 2);
    }

    [Fact]
    public void Whole_ticks_are_whole_for_random_domains()
    {
        foreach (var (limits, length, room) in Random(1500, log: false))
        {
            var scale = new LinearScale(limits, length, 0) { Whole = true };
            var ticks = Check(scale, room, least: Math.Floor(limits.Max) - Math.Ceiling(limits.Min) >= 1 && limits.Max < 1e14 ? 2 : 0);
            ticks.Ticks.ShouldAllBe(t => t.Value == Math.Round(t.Value));
        }
    }

    [Fact]
    public void Logarithmic_ticks_keep_their_promises_for_random_domains()
    {
        foreach (var (limits, length, room) in Random(4000, log: true))
            Check(new LogScale(limits, length, 0), room, least: 2);
    }

    [Fact]
    public void Symmetric_logarithmic_ticks_keep_their_promises_for_random_domains()
    {
        foreach (var (limits, length, room) in Random(2000, log: false))
        {
            double threshold = Math.Max(Math.Abs(limits.Min), Math.Abs(limits.Max)) / Math.Pow(10, length % 9);
            Check(new SymmetricLogScale(limits, 0, length, threshold), room, least: 1);
        }
    }

    [Fact]
    public void Time_ticks_keep_their_promises_for_random_domains()
    {
        foreach (var (limits, length, room) in Random(2000, log: true))
        {
            double seconds = Math.Min(1e8, limits.Span);
            if (seconds > 1e-6) Check(new TimeScale(new Limits(0, seconds), 0, length), room, least: 2);
        }
    }

    [Theory]
    [MemberData(nameof(OddDomains))]
    public void Odd_domains_have_ticks_in_order(double min, double max)
    {
        foreach (double length in new[] { 40.0, 200, 8000 })
        {
            foreach (var room in Rooms)
            {
                var limits = new Limits(min, max);
                foreach (Scale scale in new Scale[]
                {
                    new LinearScale(limits, 0, length),
                    new LinearScale(limits, length, 0),
                    new LogScale(limits, 0, length),
                    new SymmetricLogScale(limits, 0, length, 1),
                    new TimeScale(limits, 0, length),
                    new LinearScale(limits.OrWidened(), 0, length),
                })
                {
                    var ticks = scale.Ticks(room).Ticks;
                    ticks.ShouldAllBe(t => double.IsFinite(t.Value) && !t.Label.Contains("NaN"));
                }
                Check(
                    new LinearScale(limits.OrWidened(), 0, length),
                    room,
                    least: limits.OrWidened().Span > 1e-8 * limits.OrWidened().Max && length > 100 && room.Face is null ? 2 : 1);
            }
        }
    }

    [Theory]
    [InlineData(0, 0.00003, "0 1 2 3", "×10⁻⁵")]
    [InlineData(0, 4e14, "0 1 2 3 4", "×10¹⁴")]
    [InlineData(1e9, 1000000000.003, "0 +0.001 +0.002 +0.003", "+ 1G")]
    [InlineData(0, 20000, "0 5k 10k 15k 20k", "")]
    [InlineData(0, 4000, "0 1000 2000 3000 4000", "")]
    [InlineData(-2e6, 2e6, "−2M −1M 0 1M 2M", "")]
    [InlineData(0.001, 0.003, "0.0010 0.0015 0.0020 0.0025 0.0030", "")]
    public void One_format_serves_the_whole_axis(double min, double max, string labels, string common)
    {
        var ticks = new LinearScale(new Limits(min, max), 0, 260).Ticks(TickRoom.Along(TestFont.Face));
        string.Join(' ', ticks.Ticks.Select(t => t.Label)).ShouldBe(labels);
        ticks.Common.ShouldBe(common);
    }

    [Theory]
    [InlineData(0, 180, "0|1 min|2 min|3 min")]
    [InlineData(0, 100, "0|30 s|1 min|1 min 30 s")]
    [InlineData(0, 8000, "0|30 min|1 h|1 h 30 min|2 h")]
    [InlineData(0, 0.9, "0|0.2 s|0.4 s|0.6 s|0.8 s")]
    [InlineData(0, 4e5, "0|1 d|2 d|3 d|4 d")]
    public void Time_ticks_are_read_as_people_say_them(double min, double max, string labels) =>
        string.Join('|', new TimeScale(new Limits(min, max), 0, 330).Ticks(TickRoom.Along(TestFont.Face)).Ticks.Select(t =>
            t.Label.Replace('\u00A0', ' ')))
            .ShouldBe(labels);

    [Theory]
    [InlineData(-100, 100, 1, "−10² −10 −1 0 1 10 10²")]
    [InlineData(-0.5, 1000, 0.01, "−10⁻¹ −10⁻² 0 10⁻² 10⁻¹ 1 10 10² 10³")]
    [InlineData(0, 1e6, 1, "0 1 10 10² 10³ 10⁴ 10⁵ 10⁶")]
    public void A_symmetric_logarithm_has_ticks_at_zero_and_at_powers_to_both_sides(
        double min, double max, double threshold, string labels) =>
        string.Join(' ', new SymmetricLogScale(new Limits(min, max), 0, 500, threshold).Ticks(new TickRoom(28)).Ticks.Select(t => t.Label))
            .ShouldBe(labels);

    private static TickSet Check(Scale scale, TickRoom room, int least)
    {
        string what = string.Create(CultureInfo.InvariantCulture, $"{scale} {room.Spacing}");
        var set = scale.Ticks(room);
        Tick[] labelled = [.. set.Ticks.Where(t => !t.IsMinor)];
        labelled.Length.ShouldBeGreaterThanOrEqualTo(least, what);
        double slack = 1e-9 * scale.Domain.Span;
        foreach (var tick in set.Ticks)
            (tick.Value >= scale.Domain.Min - slack && tick.Value <= scale.Domain.Max + slack).ShouldBeTrue($"{what}: {tick.Value:R}");
        labelled.Select(t => t.Label).Distinct().Count().ShouldBe(labelled.Length, what + string.Join(' ', labelled.Select(t => t.Label)));
        set.Ticks.Select(t => t.Value).ShouldBe(set.Ticks.Select(t => t.Value).Order(), what);
        for (int i = 1; i < labelled.Length; i++)
        {
            double apart = Math.Abs(scale.Map(labelled[i].Value) - scale.Map(labelled[i - 1].Value));
            double needed = room.Face is not null
                ? (TestFont.Face.Measure(labelled[i].Label, room.TextSize) + TestFont.Face.Measure(labelled[i - 1].Label, room.TextSize))
                    / 2
                : room.TextSize * 0.9;
            apart.ShouldBeGreaterThan(needed, $"{what}: {labelled[i - 1].Label} {labelled[i].Label}");
        }
        if (set.Common.Length == 0 && scale is not TimeScale)
        {
            foreach (var tick in labelled)
                Said(tick.Label).ShouldBe(tick.Value, Math.Max(Math.Abs(tick.Value), 1e-300) * 1e-12, $"{what}: {tick.Label}");
        }
        return set;
    }

    // The number that a label says.
    private static double Said(string label)
    {
        string text =
            label.Replace("−", "-").Replace(",", "").Replace("\u00A0%", "e-2").Replace("k", "e3").Replace("M", "e6").Replace("G", "e9");
        foreach (char c in "⁰¹²³⁴⁵⁶⁷⁸⁹") text = text.Replace(c, (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c)));
        text = text.Replace("⁻", "-");
        if (label.Contains('×')) text = text.Replace("×10", "e").TrimEnd();
        else if (label.Any(c => "⁰¹²³⁴⁵⁶⁷⁸⁹".Contains(c))) text = System.Text.RegularExpressions.Regex.Replace(text, "^(-?)10", "${1}1e");
        return double.Parse(text.EndsWith('e') ? text + "1" : text, CultureInfo.InvariantCulture);
    }

    private static IEnumerable<(Limits Limits, double Length, TickRoom Room)> Random(int count, bool log)
    {
        var random = new CounterRandom(7, "ticks");
        for (int i = 0; i < count; i++)
        {
            double length = 200 + (7800 * Math.Pow(Next(), 3)), magnitude = Math.Pow(10, (Next() * 60) - 30);
            double a = log ? magnitude : (Next() - 0.5) * magnitude;
            double b = log ? a * Math.Pow(10, Math.Pow(Next(), 3) * 100 + 0.02)
                : i % 3 == 0 ? a + (Math.Abs(a) * Math.Pow(10, (-7 * Next()) - 0.5))
                : (Next() - 0.5) * magnitude;
            var limits = new Limits(a, b);
            if (limits.Span > 1e-7 * Math.Max(Math.Abs(a), Math.Abs(b))) yield return (limits, length, Rooms[i % 3]);
        }

        double Next() => random.NextDouble();
    }
}
