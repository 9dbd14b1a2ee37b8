using System.Globalization;
using Explain.Core;

namespace Explain.Render;

/// <summary>A layer in words.</summary>
public static class LayerWords
{
    /// <summary>Its kind with the numbers that matter to a reader: "conv 5×5, same", "max pool 2×2", "dropout 0.25".</summary>
    public static string Of(LayerDescription layer) => layer.Kind switch
    {
        "conv" => $"conv {Kernel(layer)}{Stride(layer, 1)}{Padding(layer)}",
        "max pool" or "average pool" => $"{layer.Kind} {Window(layer, "size")}{Stride(layer, Number(layer, "size", 1))}",
        "dropout" => string.Create(CultureInfo.InvariantCulture, $"dropout {Number(layer, "rate", 0.5):0.###}"),
        _ => layer.Kind,
    };

    /// <summary>Its activation; nothing in kinds that have none.</summary>
    public static string Activation(LayerDescription layer) =>
        LayerKinds.All.Any(kind => kind.Name == layer.Kind && !kind.HasActivation) ? "" : layer.Activation.Name;

    /// <summary>The extents of a convolution's kernel: "5×5".</summary>
    internal static string Kernel(LayerDescription layer) => Window(layer, "kernel");

    private static string Window(LayerDescription layer, string setting)
    {
        double height = Number(layer, setting, 1);
        return string.Create(CultureInfo.InvariantCulture, $"{height}×{Number(layer, setting + " width", height)}");
    }

    private static string Stride(LayerDescription layer, double usual)
    {
        double down = Number(layer, "stride", usual), across = Number(layer, "stride width", down);
        if (down == usual && across == Number(layer, "size width", usual)) return "";
        string extent = down == across ? down.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{down}×{across}");
        return $", stride {extent}";
    }

    private static string Padding(LayerDescription layer)
    {
        double[] sides =
        [
            Number(layer, "padding top", 0),
            Number(layer, "padding bottom", 0),
            Number(layer, "padding left", 0),
            Number(layer, "padding right", 0),
        ];
        if (sides.All(side => side == 0)) return "";
        return sides.All(side => side == sides[0]) ? $", padding {sides[0].ToString(CultureInfo.InvariantCulture)}"
            : $", padding {string.Join(" ", sides.Select(side => side.ToString(CultureInfo.InvariantCulture)))}";
    }

    private static double Number(LayerDescription layer, string name, double otherwise)
    {
        foreach (var (key, value) in layer.Settings)
        {
            if (key == name) return value;
        }
        return otherwise;
    }
}
