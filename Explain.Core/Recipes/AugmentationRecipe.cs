using System.Globalization;

namespace Explain.Core;

/// <summary>An <see cref="Augmentation"/> in YAML: the key 'augment' of a recipe.</summary>
internal static class AugmentationRecipe
{
    private const string Nothing = "none";

    /// <summary>Reads 'augment', a mapping or 'none'; null where it is left out.</summary>
    public static Augmentation? Read(RecipeSection root, RecipeProblems problems)
    {
        if (root["augment"] is not { } node || node.Scalar == Nothing) return null;
        if (node.Entries is null)
        {
            problems.Add(node, $"'augment' is {node.What}; allowed are '{Nothing}' and a mapping such as '{{shift: 2, rotate: 10}}'");
            return null;
        }
        var section = new RecipeSection(node, "'augment'", ["shift", "scale", "rotate", "elastic"], problems);
        return new Augmentation
        {
            Shift = section.Number("shift", 0, 0, Augmentation.MaxShift),
            Scale = section.Number("scale", 0, 0, Augmentation.MaxScale),
            Rotate = section.Number("rotate", 0, 0, Augmentation.MaxRotate),
            Elastic = section["elastic"] is { } elastic ? ReadElastic(elastic, problems) : null,
        };
    }

    /// <summary>What <see cref="Read"/> reads back.</summary>
    public static string Write(Augmentation? augmentation)
    {
        if (augmentation is null) return Nothing;
        string elastic =
            augmentation.Elastic is { } e ? $", elastic: {{strength: {Number(e.Strength)}, smoothness: {Number(e.Smoothness)}}}" : "";
        return $"{{shift: {Number(augmentation.Shift)}, scale: {Number(augmentation.Scale)}, rotate: "
            + $"{Number(augmentation.Rotate)}{elastic}}}";
    }

    private static ElasticDeformation? ReadElastic(RecipeNode node, RecipeProblems problems)
    {
        if (node.Scalar == Nothing) return null;
        node = node.AsMapping("strength");
        var section = new RecipeSection(node, "'elastic'", ["strength", "smoothness"], problems);
        if (node.Entries is null) return null;
        if (node["strength"] is null) problems.Add(node, "'strength' of 'elastic' is missing, e.g. '{strength: 1.4, smoothness: 4}'");
        return new ElasticDeformation(
            section.Number("strength", 0, 0, ElasticDeformation.MaxStrength),
            section.Number("smoothness", 4, ElasticDeformation.MinSmoothness, ElasticDeformation.MaxSmoothness));
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
