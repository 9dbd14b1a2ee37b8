using Explain.Core;
using MathNet.Numerics.Distributions;

namespace Explain.Render;

/// <summary>Runs that differ only in their seed, as the mean curve of each group within a band of how far they spread.</summary>
public sealed class RunsSpread : Figure
{
    private const double Width = 700;
    private const double Height = 360;
    private const int MostGroups = 10;
    private const double Level = 0.95;
    private const int MostInName = 2;
    private static readonly FigureOption Band = new(
        "band", "confidence|range|deviation", "confidence",
        "The 95 % confidence interval of the mean (Student's t), from the least to the largest, or one standard deviation to each side.");
    private static readonly FigureOption Metric = new("metric", "loss|accuracy", "loss", "What the curves are of.");
    private static readonly FigureOption Data = new("data", "training|validation", "training", "Which data the curves are of.");
    private readonly string _band;
    private readonly bool _loss;
    private readonly bool _validation;

    /// <summary>As the request says.</summary>
    public RunsSpread(FigureRequest request)
        : base(Kind, request)
    {
        _band = request.Option(Band);
        _loss = request.Option(Metric) == "loss";
        _validation = request.Option(Data) == "validation";
    }

    /// <summary>Of several runs.</summary>
    public RunsSpread(IReadOnlyList<RunFolder> runs)
        : this(new FigureRequest { Runs = runs })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "runs-spread", "Spread over seeds", "Mean curve of the runs that differ only in their seed, with a band of their spread.",
        "One line a group of like runs: their mean after each epoch. The band shows how sure that mean is, "
            + "or how far single runs lie apart. Groups whose bands stay apart differ by more than luck.",
        FigureScope.Runs, PerLayer: false, [Band, Metric, Data], _ => true, request => new RunsSpread(request))
    {
        Beware = "A confidence interval of three runs is wide and rests on differences that are about normal. "
            + "The mean goes only as far as every run of its group does. A group of one run has no band.",
        Program = "var figure = new RunsSpread(runs);\nfigure.Draw(Theme.Light).SavePng(\"runs-spread.png\");",
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var all = Repeats([.. Request.Runs.Where(run => run.Metrics.Any(m => double.IsFinite(Value(m))))]).Select(Group).ToArray();
        all = ToldApart(all);
        string quantity = $"{(_validation ? "validation" : "training")} {(_loss ? "loss" : "accuracy")}";
        if (all.Length == 0)
            return Missing(theme, $"None of the {Request.Runs.Count} run{(Request.Runs.Count == 1 ? "" : "s")} has a {quantity} to plot.");
        var best = all.Where(g => g.Mean.Count > 0 && double.IsFinite(g.Mean[^1])).OrderBy(g => _loss ? g.Mean[^1] : -g.Mean[^1])
            .Concat(all).Distinct().Take(MostGroups).ToHashSet();
        var shown = all.Where(best.Contains).ToArray();
        var lines = shown.Select((g, i) => new LineMark
        {
            SumUp = true,
            Name = $"{g.Name} ({g.Runs})",
            Color = Categories.At(i, theme),
            Dashes = Categories.DashesAt(i, theme),
            Points = [.. g.Mean.Select((v, e) => new Point(e + 1, v))],
        })
            .ToArray();
        var bands = shown.Select((g, i) => new BandMark
        {
            Color = Categories.At(i, theme),
            At = [.. g.Mean.Select((_, e) => e + 1.0)],
            Lower = g.Runs > 1 ? g.Lower : [],
            Upper = g.Upper,
        });
        bool log = _loss && EpochPlots.IsLog("auto", lines);
        var plot = new Plot
        {
            Bounds = new Rect(0, 0, Width, Height),
            X = EpochPlots.Epochs,
            Y = new Axis
            {
                Log = log,
                Percent = !_loss,
                Limits = log ? Axis.LogPadded(Limits.Of(lines.SelectMany(l => l.Ys).Where(v => v > 0))) : _loss ? null : new Limits(0, 1),
                Include = [0],
                Nice = _loss,
                Label = quantity + (log ? ", logarithmic axis" : ""),
            },
            LabelEnds = true,
            Marks = [.. bands, .. lines],
        };
        var ranked =
            shown.Where(g => g.Mean.Count > 0 && double.IsFinite(g.Mean[^1])).OrderBy(g => _loss ? g.Mean[^1] : -g.Mean[^1]).ToArray();
        string finding = ranked.Length == 0 ? "no group has a mean"
            : $"best mean is {Text(ranked[0].Mean[^1])} of {ranked[0].Name}"
                + (ranked[0].Runs > 1 ? $", from {Text(ranked[0].Lower[^1])} to {Text(ranked[0].Upper[^1])}" : ", of a single run");
        string band = _band switch
        {
            "range" => "from the least to the largest of the runs",
            "deviation" => "one standard deviation to each side",
            _ => "the 95\u00A0% confidence interval of the mean (Student's t)",
        };
        return new Page
        {
            Theme = theme,
            Subtitle = $"{Request.Runs.Count} run{(Request.Runs.Count == 1 ? "" : "s")} in {all.Length} "
                + $"group{(all.Length == 1 ? "" : "s")} · {finding}",
            BodyWidth = Width,
            BodyHeight = Height,
            Body = [plot.Draw(theme)],
            Width = Request.Width,
            Notes =
            [
                shown.Any(g => g.Runs > 1)
                    ? $"Band: {band}{(shown.Any(g => g.Cut) ? ", cut where it would leave the values there can be" : "")}. "
                        + "In brackets the number of runs."
                    : "No two runs differ in nothing but their seed, so there is no spread to show.",
                .. shown.Length < all.Length ? [$"The best {MostGroups} of {all.Length} groups."] : Array.Empty<string>(),
            ],
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Mean {quantity} of runs that differ only in their seed; "
                    + $"the band is {band}.{(log ? " The axis is logarithmic and fits the means; bands may leave it." : "")}",
                AltText = $"Line chart of the mean {quantity} of {all.Length} group{(all.Length == 1 ? "" : "s")} of runs: {finding}.",
                Description = string.Join(
                    " ", ranked.Select(g => $"{g.Name}: {g.Runs} run{(g.Runs == 1 ? "" : "s")}, mean {Text(g.Mean[^1])}.")),
                Table = new DataTable(["group", "runs", "epoch", "mean", "lower", "upper"], [.. shown.SelectMany(g => g.Mean.Select(
                    (m, e) => (IReadOnlyList<string>)[g.Name, $"{g.Runs}", $"{e + 1}", Text(m), Text(g.Lower[e]), Text(g.Upper[e])]))
                    .Take(500)]),
                Command = Command,
            },
        }.ToScene();
    }

    // Runs of the same conditions that differ in their seed. The same seed twice is no repeat: what sets such runs apart is not recorded,
    // or there is nothing that does.
    private static IEnumerable<RunFolder[]> Repeats(IReadOnlyList<RunFolder> runs)
    {
        var met = new Dictionary<(string Conditions, ulong Seed), int>();
        return runs.GroupBy(run =>
        {
            string conditions = run.Conditions;
            int time = met[(conditions, run.Info.Seed)] = met.GetValueOrDefault((conditions, run.Info.Seed)) + 1;
            return (conditions, time);
        }).Select(group => group.ToArray());
    }

    // What the variant of a comparison is called; else what the runs of a group have in common in their names ("relu" of "relu-1" and
    // "relu-2").
    private static string NameOf(RunFolder[] runs)
    {
        string[] names = [.. runs.Select(run => run.Info.Name).Distinct()];
        if (names.Length == 1) return names[0];
        string[] variants =
        [
            .. runs.Select(run => run.Info.Comparison is { } place ? place.Variant.Length > 0 ? place.Variant : place.Group : "")
                .Distinct(),
        ];
        if (variants is [{ Length: > 0 } variant]) return variant;
        int common = Enumerable.Range(0, names.Min(name => name.Length)).TakeWhile(i => names.All(name => name[i] == names[0][i])).Count();
        string shared = names[0][..common].TrimEnd('-', '_', ' ', '.');
        return shared.Length > 0 ? shared : $"{names[0]} and like runs";
    }

    private Summary Group(RunFolder[] runs)
    {
        int epochs = runs.Min(r => r.Metrics.Count);
        var mean = new double[epochs];
        var lower = new double[epochs];
        var upper = new double[epochs];
        bool cut = false;
        double t = runs.Length > 1 ? StudentT.InvCDF(0, 1, runs.Length - 1, (1 + Level) / 2) : 0;
        for (int e = 0; e < epochs; e++)
        {
            double[] values = [.. runs.Select(r => Value(r.Metrics[e]))];
            mean[e] = values.Average();
            double deviation = values.Length > 1 ? Math.Sqrt(values.Sum(v => (v - mean[e]) * (v - mean[e])) / (values.Length - 1)) : 0;
            double half = _band == "deviation" ? deviation : t * deviation / Math.Sqrt(values.Length);
            double most = _loss ? double.PositiveInfinity : 1;
            cut |= _band != "range" && (mean[e] - half < 0 || mean[e] + half > most);
            (lower[e], upper[e]) = _band == "range" ? (values.Min(), values.Max())
                : (Math.Max(0, mean[e] - half), Math.Min(most, mean[e] + half));
        }
        return new Summary(RequestExtensions.Isolated(NameOf(runs)), runs.Length, mean, lower, upper, cut)
        {
            Settings = runs[0].Info.Settings,
        };
    }

    private double Value(EpochMetrics m) => (_loss, _validation) switch
    {
        (true, false) => m.Loss,
        (true, true) => m.ValidationLoss,
        (false, false) => m.Accuracy,
        (false, true) => m.ValidationAccuracy,
    };

    private string Text(double value) => _loss ? NumberFormat.Value(value) : NumberFormat.Percent(value);

    // One recipe with a setting changed keeps its name: groups that share one also bear the settings in which they differ.
    private static Summary[] ToldApart(Summary[] groups)
    {
        var named = groups.ToList();
        foreach (var same in groups.GroupBy(g => g.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            string[] differing = [.. same.SelectMany(g => g.Settings.Select(s => s.Key))
                .Where(key => key != "seed")
                .Distinct(StringComparer.Ordinal)
                .Where(key => same.Select(g => Setting(g, key)).Distinct(StringComparer.Ordinal).Count() > 1)
                .Take(MostInName)];
            foreach (var group in same)
                named[named.IndexOf(group)] =
                    group with { Name = string.Join(", ", differing.Select(key => $"{key} {Setting(group, key)}").Prepend(group.Name)) };
        }
        return [.. named];

        static string Setting(Summary group, string key) =>
            group.Settings.Where(s => s.Key == key).Select(s => s.Value).FirstOrDefault("none");
    }

    private sealed record Summary(
        string Name, int Runs, IReadOnlyList<double> Mean, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper, bool Cut)
    {
        public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];
    }
}
