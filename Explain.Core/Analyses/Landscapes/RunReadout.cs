namespace Explain.Core;

/// <summary>The loss of a run as its recipe has it: with label smoothing and class weights, which the description of the network does not tell.</summary>
public static class RunReadout
{
    /// <summary>The readout of a run for samples.</summary>
    /// <param name="info">The run. Where it has no recipe, or one that cannot be read any more, labels are not smoothed and classes count the same.</param>
    /// <param name="data">The samples; weights that balance classes are counted from them.</param>
    public static Readout Of(RunInfo info, Dataset data)
    {
        var plain = Readout.Of(info.Network);
        if (info.Recipe.Length == 0) return plain;
        try
        {
            var recipe = Recipe.Parse(info.Recipe, info.Name);
            return plain with { LabelSmoothing = recipe.LabelSmoothing, ClassWeights = recipe.ClassWeights?.For(data) };
        }
        catch (InputException)
        {
            return plain;
        }
    }
}
