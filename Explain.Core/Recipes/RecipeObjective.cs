namespace Explain.Core;

/// <summary>Reads what a recipe says about the loss beside its name, and about the gradient.</summary>
internal sealed class RecipeObjective(RecipeSection root, RecipeProblems problems)
{
    private static readonly IReadOnlyList<string> WeightWords = ["none", "balanced"];

    public double ReadLabelSmoothing(Loss loss)
    {
        double smoothing = root.Number("label smoothing", 0, 0, Readout.LargestSmoothing);
        if (smoothing > 0 && Readout.SmoothingMisfit(loss) is { } misfit) root.Problem("label smoothing", misfit);
        return smoothing;
    }

    public ClassWeights? ReadClassWeights()
    {
        if (root["class weights"] is not { } node) return null;
        if (node.Items is null)
        {
            if (node.Scalar is not null) return root.Choice("class weights", 0, WeightWords) == 1 ? ClassWeights.Balanced : null;
            problems.Add(node, $"'class weights' is {node.What}; allowed are 'none', 'balanced' and a list of numbers, one a class");
            return null;
        }
        var weights = root.Numbers("class weights", 0, ClassWeights.Largest);
        if (weights is null) return null;
        try
        {
            return ClassWeights.Of(weights);
        }
        catch (InputException e)
        {
            problems.Add(node, e.Message.TrimEnd('.'));
            return null;
        }
    }

    public Penalty? ReadPenalty()
    {
        if (root["penalty"] is not { } node) return null;
        var section = new RecipeSection(node, "'penalty'", ["l1", "l2", "biases"], problems);
        return node.Entries is null ? null
            : new Penalty(
                section.Number("l1", 0, 0, Penalty.Largest), section.Number("l2", 0, 0, Penalty.Largest), section.Flag("biases", false));
    }

    public GradientClip? ReadClip()
    {
        if (root["clip"] is not { } node) return null;
        var section = new RecipeSection(node, "'clip'", ["norm", "value"], problems);
        if (node.Entries is null) return null;
        if (section["norm"] is null == section["value"] is null)
        {
            problems.Add(
                node,
                $"'clip' has {(section["norm"] is null ? "neither 'norm' nor 'value'" : "both 'norm' and 'value'")}; "
                    + "one of them is expected, e.g. '{norm: 1}'");
            return null;
        }
        double Bound(string key) => section.Number(key, 1, GradientClip.Least, GradientClip.Largest);
        return section["norm"] is not null ? GradientClip.ByNorm(Bound("norm")) : GradientClip.ByValue(Bound("value"));
    }
}
