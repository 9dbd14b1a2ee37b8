using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>Every figure works for a network with layers of every kind.</summary>
public sealed class ConvolutionalFiguresTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-convolution-").FullName;
    private readonly RunFolder _run;

    public ConvolutionalFiguresTests() => _run = ConvolutionalRun.Write(Path.Combine(_folder, "conv"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_figure_is_sound_for_every_layer_and_epoch()
    {
        foreach (var kind in FigureCatalog.All.Where(kind => kind.Applies(_run)))
        {
            int?[] layers = kind.TakesLayer ? [null, .. Enumerable.Range(0, 5).Select(l => (int?)l)] : [null];
            foreach (int? layer in layers)
            {
                foreach (int epoch in kind.TakesEpoch ? [0, 3] : new[] { 3 })
                {
                    var request = new FigureRequest { Runs = [_run], Layer = layer, Epoch = kind.TakesEpoch ? epoch : null };
                    SceneCheck.IsSound(kind.Create(request).Draw(Theme.Light), $"{kind.Name}, layer {layer}, epoch {epoch}");
                }
            }
        }
    }

    [Fact]
    public void Feature_maps_are_the_activations_that_the_snapshot_keeps()
    {
        var scene = new FeatureMaps(_run, layer: 0).Draw(Theme.Light);
        scene.Info.Title.ShouldBe("Feature maps of conv1");
        var probe = _run.Probe.Samples;
        var kept = _run.ReadSnapshot(3).Layers[0];
        int first = Enumerable.Range(0, probe.Count).First(i => probe.Labels[i] == 0);
        for (int c = 0; c < 6; c++)
        {
            double mean = Enumerable.Range(0, 144).Average(p => (double)kept.ProbeActivations[first, (p * 6) + c]);
            scene.Info.Table!.Rows[c][1].ShouldBe(NumberFormat.Value(mean));
        }
    }

    [Fact]
    public void Feature_maps_can_show_what_pooling_leaves()
    {
        Titled(0, "no").ShouldBe("Feature maps of conv1");
        Titled(0, "yes").ShouldBe("Feature maps of pool3");
        Titled(1, "yes").ShouldBe("Feature maps of pool3");
        Titled(2, "yes").ShouldBe("Feature maps of pool5");
        FeatureMaps.Kind.AppliesToLayer(_run, 2).ShouldBeTrue();
        FeatureMaps.Kind.AppliesToLayer(_run, 3).ShouldBeFalse();
        new FeatureMaps(_run, layer: 3).Draw(Theme.Light)
            .Info.Caption.ShouldBe("The outputs of dense8 are a plain list; only those of convolutions are pictures.");

        string Titled(int layer, string pooled) =>
            new FeatureMaps(
                new FigureRequest { Runs = [_run], Layer = layer, Options = new Dictionary<string, string> { ["pooled"] = pooled } })
                .Draw(Theme.Light).Info.Title;
    }

    [Fact]
    public void Layers_are_told_in_words() =>
        _run.Info.Network.Layers.Select(LayerWords.Of).ShouldBe(
        [
            "conv 3×3, padding 1", "batch norm", "max pool 2×2", "conv 3×3", "average pool 2×2", "flatten", "dropout 0.2", "dense", "dense",
        ]);

    [Fact]
    public void Channels_are_taken_apart_and_laid_out()
    {
        float[] picture = [1, 10, 100, 2, 20, 200, 3, 30, 300, 4, 40, 400];
        var shape = new Shape(2, 2, 3);
        UnitImages.Channel(picture, shape, 1).ShouldBe([10, 20, 30, 40]);
        UnitImages.Flatten(picture, 2, 2).ToArray().ShouldBe([37, 74, 111, 148], 1e-4);
        var (values, rows, columns) = UnitImages.Unfold(picture, shape);
        (rows, columns).ShouldBe((2, 6));
        values.ShouldBe([1, 2, 10, 20, 100, 200, 3, 4, 30, 40, 300, 400]);
        (values, rows, columns) = UnitImages.Unfold([1, 2, 3, 4, 5, 6, 7], new Shape(1, 1, 7));
        (rows, columns).ShouldBe((3, 3));
        values.ShouldBe([1, 2, 3, 4, 5, 6, 7, 0, 0]);
    }
}
