namespace Explain.Render;

/// <summary>Data drawn in a plot. Values that are not finite leave a gap, never a wrong line.</summary>
public abstract record Mark
{
    /// <summary>The horizontal values to fit into the plot.</summary>
    public virtual IEnumerable<double> Xs => [];

    /// <summary>The vertical values to fit into the plot.</summary>
    public virtual IEnumerable<double> Ys => [];

    /// <summary>What a legend says of it; null where it has no name.</summary>
    public virtual LegendEntry? Key => null;

    /// <summary>The nodes, in the pixels of the plot.</summary>
    public abstract IEnumerable<Node> Draw(PlotArea area);

    /// <summary>What stands at the right end of it where a plot labels ends; empty where nothing can.</summary>
    internal virtual string EndName => "";

    /// <summary>That label at its height; null where nothing of it has a place.</summary>
    internal virtual EndLabel? EndIn(PlotArea area) => null;

    /// <summary>Tells a caller whose lists do not go together, before anything is drawn: drawing itself throws nothing.</summary>
    /// <exception cref="ArgumentException">What does not fit, how many there are and how many are needed.</exception>
    internal virtual void Check()
    {
    }

    /// <summary>What its colours stand for; null where it has but one.</summary>
    internal virtual MarkColors? ColorsIn(PlotArea area) => null;
}
