namespace Explain.Core.Tests;

public sealed class NetworkRecipeTests
{
    private const string Convolutional = """
        name: convolutional
        data: {source: strokes, train: 120, test: 30}
        activation: relu
        initializer: he normal
        bias: false
        network:
          - conv: 4
            kernel: 3
            padding: same
          - batch norm
          - max pool: 2
          - {conv: 3, kernel: 5, kernel width: 3, stride: 2, padding top: 1, padding left: 1, activation: tanh, bias: true, name: second}
          - {batch norm: , momentum: 0.2, activation: relu6}
          - {average pool: 2, stride: 1}
          - flatten
          - dropout: 0.25
          - dense: 10
        loss: softmax cross-entropy
        optimizer: adam
        epochs: 2
        batch: 32
        """;

    [Fact]
    public void Every_kind_of_layer_is_read()
    {
        var network = Recipe.Parse(Convolutional).Network;
        network.Select(l => l.Kind)
            .ShouldBe(["conv", "batch norm", "max pool", "conv", "batch norm", "average pool", "flatten", "dropout", "dense"]);
        network.Select(l => l.Name).ShouldBe(["conv1", "norm2", "pool3", "second", "norm5", "pool6", "flatten7", "dropout8", "dense9"]);
        network.Select(l => l.Activation.Name)
            .ShouldBe(["relu", "identity", "identity", "tanh", "relu6", "identity", "identity", "identity", "identity"]);
        network.Select(l => l.Bias).ShouldBe([false, true, false, true, true, false, false, false, false]);
        network.Select(l => l.Initializer?.Name)
            .ShouldBe(["he normal", "constant(1)", null, "he normal", "constant(1)", null, null, null, "he normal"]);
        network[0].Padding.ShouldBe(Padding.Same);
        network[3].Padding.ShouldBeNull();
        network[3].Settings.ShouldBe(
            [new("filters", 3), new("kernel", 5), new("kernel width", 3), new("stride", 2), new("padding top", 1), new("padding left", 1)]);
        network[4].Settings.ShouldBe([new("momentum", 0.2), new("epsilon", 1e-5)]);
        network[5].Settings.ShouldBe([new("size", 2), new("stride", 1)]);
        network[7].Settings.ShouldBe([new("rate", 0.25)]);
    }

    [Fact]
    public void The_network_is_built_as_it_was_read()
    {
        var network = RecipeRunner.BuildNetwork(Recipe.Parse(Convolutional), new Shape(28, 28));
        network.Layers.Select(l => l.OutputShape.ToString())
            .ShouldBe(["28×28×4", "28×28×4", "14×14×4", "6×7×3", "6×7×3", "5×6×3", "90", "90", "10"]);
    }

    [Fact]
    public void The_last_layer_with_an_activation_gives_the_outputs_also_where_pooling_follows()
    {
        var recipe = Recipe.Parse("""
            name: global
            data: {source: strokes, train: 60, test: 20}
            activation: relu
            network: [{conv: 8, kernel: 5, stride: 4}, {conv: 10, kernel: 3}, {average pool: 4}, flatten]
            loss: softmax cross-entropy
            optimizer: adam
            epochs: 1
            """);
        recipe.Network.Select(l => l.Activation.Name).ShouldBe(["relu", "identity", "identity", "identity"]);
        RecipeRunner.Run(recipe, RecipeRunner.LoadData(recipe)).Outcome.Status.ShouldBe(RunStatus.Finished);
    }

    [Fact]
    public void A_resolved_network_resolves_to_itself_and_trains_to_the_same_bits()
    {
        var recipe = Recipe.Parse(Convolutional);
        string resolved = recipe.Resolve();
        resolved.ShouldContain(
            "  - conv: 4\n    name: conv1\n    kernel: 3\n    stride: 1\n    padding: same\n    activation: relu\n    bias: false\n"
                + "    initializer: he normal\n");
        resolved.ShouldContain("  - flatten:\n    name: flatten7\n  - dropout: 0.25\n    name: dropout8\n");
        Recipe.Parse(resolved).Resolve().ShouldBe(resolved);
        string hash = Train(recipe);
        Train(Recipe.Parse(resolved)).ShouldBe(hash);
        Train(Recipe.Parse(Convolutional, "a", new RecipeOverrides { Set = [new("network.7.dropout", "0.3")] })).ShouldNotBe(hash);

        static string Train(Recipe recipe)
        {
            var sink = new MemorySink();
            RecipeRunner.Run(recipe, RecipeRunner.LoadData(recipe), sink).Outcome.Status.ShouldBe(RunStatus.Finished);
            return string.Join(' ', sink.Hashes);
        }
    }

    [Fact]
    public void Any_number_of_a_layer_can_be_set_or_compared_by_its_path()
    {
        var recipe = Recipe.Parse(
            Convolutional + "\ncompare: {network.0.conv: [2, 6], network.7: [{dropout: 0.1}, flatten]}",
            "a",
            new RecipeOverrides { Set = [new("network.0.kernel", "7"), new("network.0.padding", "valid")] });
        recipe.Variants.Select(v => v.Name).ShouldBe(["2-dropout-0.1", "2-flatten", "6-dropout-0.1", "6-flatten"]);
        recipe.Variants[3].Network[0].Settings.ShouldBe([new("filters", 6), new("kernel", 7), new("stride", 1)]);
        recipe.Variants[3].Network[0].Padding.ShouldBe(Padding.Valid);
        recipe.Variants[3].Network[7].Kind.ShouldBe("flatten");
    }
}
