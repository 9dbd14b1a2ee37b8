namespace Explain.Core;

/// <summary>What is wrong with a recipe, gathered so that all of it can be told at once.</summary>
/// <param name="source">The recipe's name in messages.</param>
internal sealed class RecipeProblems(string source)
{
    private readonly List<(int Line, string Text)> _found = [];

    /// <summary>Notes a problem; the same one is noted once.</summary>
    public void Add(RecipeNode node, string message)
    {
        var problem = (node.Origin is null ? node.Line : 0, $"{node.Where}: {message.TrimEnd('.')}{(message.EndsWith('?') ? "" : ".")}");
        Told++;
        if (!_found.Contains(problem)) _found.Add(problem);
    }

    /// <summary>How often a problem was told, the same one again included: what was read while it stayed the same is sound.</summary>
    public int Told { get; private set; }

    /// <summary>Throws if anything was noted.</summary>
    /// <exception cref="InputException">One sentence where there is one problem, a list by line where there are more.</exception>
    public void ThrowIfAny()
    {
        if (_found.Count == 0) return;
        if (_found.Count == 1) throw new InputException($"{source}, {_found[0].Text}");
        throw new InputException(
            $"{source} has {_found.Count} problems:\n{string.Join('\n', _found.OrderBy(p => p.Line).Select(p => $"  {p.Text}"))}");
    }
}
