namespace Explain.Core;

/// <summary>How class labels become the numbers that a network's outputs are compared with.</summary>
public enum TargetEncoding
{
    /// <summary>One output a class: 1 for the true class, 0 for the others.</summary>
    OneHot,

    /// <summary>One output for two classes: 0 for class 0, 1 for class 1.</summary>
    ZeroOne,

    /// <summary>One output for two classes: −1 for class 0, +1 for class 1.</summary>
    PlusMinusOne,
}
