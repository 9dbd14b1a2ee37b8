namespace Explain.Core;

/// <summary>Reads what a recipe says about the loss beside its name.</summary>
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
}
