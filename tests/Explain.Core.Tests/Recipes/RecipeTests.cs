namespace Explain.Core.Tests;

public sealed class RecipeTests
{
    private const string Short = """
        name: moons
        data: {source: moons, n: 30, validation: 0.2, normalise: standard}
        activation: tanh
        network: [{dense: 6}, {dense: 5, activation: leaky relu(0.2)}, {dense: 2}]
        loss: softmax cross-entropy
        optimizer: adam
        epochs: 4
        """;

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var recipe = Recipe.Parse(Short);
        recipe.Title.ShouldBe("moons");
        recipe.Seed.ShouldBe(1UL);
        recipe.BatchSize.ShouldBe(128);
        recipe.Snapshots.ShouldBe(24);
        recipe.KeepBest.ShouldBeNull();
        recipe.EarlyStopping.ShouldBeNull();
        recipe.Network.Select(l => l.Activation.Name).ShouldBe(["tanh", "leaky relu(0.2)", "identity"]);
        recipe.Network.Select(l => l.Name).ShouldBe(["dense1", "dense2", "dense3"]);
        recipe.Network.ShouldAllBe(l => l.Bias && l.Initializer!.Equals(Initializer.GlorotUniform));
        recipe.Optimizer.Settings["rate"].ShouldBe(0.001);
        recipe.Optimizer.Schedule.ShouldBe("constant");
        recipe.Variants.ShouldHaveSingleItem().ShouldBe(recipe);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var recipe = Recipe.Parse("""
            name: all
            title: All of it
            notes: |
              One.

              Two.
            seed: 9
            data: {source: csv, path: points.csv, label: kind, validation: 0.25, normalise: {mean: 0.5, std: 2}}
            targets: -1/1
            initializer: he normal
            bias: false
            network:
              - {dense: 3, name: first, activation: relu6, bias: true, bias start: 0.1, initializer: normal(0.5)}
              - {dense: 1}
            loss: mean squared error
            optimizer: {kind: momentum, rate: 0.5, momentum: 0.8, gradient: sum, schedule: {kind: step, factor: 0.1, epochs: 3}}
            epochs: 7
            batch: full
            keep: {measure: validation loss, minimum improvement: 0.01}
            early stopping: {measure: training loss, patience: 2, minimum improvement: 0.5}
            snapshots: 5
            """);
        recipe.Notes.ShouldBe("One.\n\nTwo.");
        recipe.Seed.ShouldBe(9UL);
        recipe.Data.Request.Path.ShouldBe("points.csv");
        recipe.Data.Request.Label.ShouldBe("kind");
        recipe.Data.Validation.ShouldBe(0.25);
        recipe.Data.Normalise.ShouldBe(new NormaliseRecipe(NormaliseKind.Given, 0.5, 2));
        recipe.Targets.ShouldBe(TargetEncoding.PlusMinusOne);
        (recipe.Network[0].Name, recipe.Network[0].Bias, recipe.Network[0].BiasStart, recipe.Network[0].Initializer?.Name)
            .ShouldBe(("first", true, 0.1f, "normal(0.5)"));
        (recipe.Network[1].Bias, recipe.Network[1].Initializer?.Name).ShouldBe((false, "he normal"));
        recipe.Loss.ShouldBe(Loss.MeanSquaredError);
        recipe.Optimizer.Kind.ShouldBe("momentum");
        recipe.Optimizer.Settings["momentum"].ShouldBe(0.8);
        recipe.Optimizer.Gradient.ShouldBe(GradientReduction.Sum);
        recipe.Optimizer.ScheduleSettings["epochs"].ShouldBe(3);
        recipe.BatchSize.ShouldBeNull();
        recipe.KeepBest.ShouldBe(new KeepBest(Measure.ValidationLoss, 0.01));
        recipe.EarlyStopping.ShouldBe(new EarlyStopping(Measure.TrainLoss, 2, 0.5));
        recipe.Snapshots.ShouldBe(5);
    }

    [Fact]
    public void A_resolved_recipe_resolves_to_itself()
    {
        foreach (string name in RecipeLibrary.Names)
        {
            foreach (var recipe in Recipe.Open(name).Variants.Append(Recipe.Open(name)))
            {
                string resolved = recipe.Resolve();
                Recipe.Parse(resolved).Resolve().ShouldBe(resolved);
                Recipe.Parse(resolved).Title.ShouldBe(recipe.Title);
                Recipe.Parse(resolved).Notes.ShouldBe(recipe.Notes);
            }
        }
    }

    [Theory]
    [InlineData("  leads with a blank")]
    [InlineData("has a \"quote\", a \\ and a tab\t")]
    [InlineData("# looks like a comment")]
    [InlineData("key: value\n- item\n\n    code")]
    public void Notes_survive_resolving_whatever_is_in_them(string notes)
    {
        var recipe = Recipe.Parse(Short) with { Notes = notes.TrimEnd() };
        Recipe.Parse(recipe.Resolve()).Notes.ShouldBe(notes.TrimEnd());
    }

    [Fact]
    public void A_path_to_data_is_not_resolved() =>
        Recipe.Parse(Short.Replace("{source: moons, n: 30", "{source: mnist, path: /home/me/digits")).Resolve()
            .ShouldNotContain("/home/me");

    [Fact]
    public void Training_a_resolved_recipe_again_gives_the_same_bits()
    {
        var recipe = Recipe.Parse(Short);
        var (first, again) = (Train(recipe), Train(Recipe.Parse(recipe.Resolve())));
        again.ShouldBe(first);
        Train(recipe with { Seed = 2 }).ShouldNotBe(first);

        static string Train(Recipe recipe)
        {
            var sink = new HashSink();
            RecipeRunner.Run(recipe, RecipeRunner.LoadData(recipe), sink).Outcome.Status.ShouldBe(RunStatus.Finished);
            sink.Run!.Recipe.ShouldBe(recipe.Resolve());
            return sink.Hash;
        }
    }

    [Fact]
    public void The_record_says_what_the_recipe_says()
    {
        var recipe = Recipe.Parse(Short + "\nnotes: look here\ntitle: Two moons");
        var sink = new HashSink();
        RecipeRunner.Run(recipe, RecipeRunner.LoadData(recipe), sink);
        sink.Run!.Name.ShouldBe("moons");
        sink.Run.Title.ShouldBe("Two moons");
        sink.Run.Notes.ShouldBe("look here");
        sink.Run.Epochs.ShouldBe(4);
        (sink.Run.Data.Train, sink.Run.Data.Validation).ShouldBe((48, 12));
        sink.Run.Data.Normalisation.ShouldContain("measured on the training data");
    }

    [Theory]
    [InlineData("epochs", "11", 11)]
    [InlineData("seed", "5", 11)]
    [InlineData("optimizer.rate", "0.25", 11)]
    [InlineData("optimizer.schedule.kind", "exponential", 11)]
    [InlineData("network.1.activation", "sigmoid", 11)]
    [InlineData("network", "[{dense: 2}]", 11)]
    [InlineData("early stopping.patience", "3", 11)]
    [InlineData("data.n", "12", 11)]
    public void Any_value_can_be_set_by_its_path(string path, string value, int epochs)
    {
        var recipe = Recipe.Parse(Short, "a", new RecipeOverrides { Set = [new("epochs", "11"), new(path, value)] });
        recipe.Epochs.ShouldBe(epochs);
        string expected = path switch
        {
            "network" => "network:\n  - dense: 2\n    name: dense1",
            "early stopping.patience" => "patience: 3",
            _ => $"{path[(path.LastIndexOf('.') + 1)..]}: {value}",
        };
        recipe.Resolve().ShouldContain(expected);
    }

    [Fact]
    public void A_grid_becomes_one_recipe_for_each_combination()
    {
        var recipe = Recipe.Parse(Short + "\ncompare: {activation: [relu, tanh], optimizer.rate: [0.1, 1e-2, 1e-3]}");
        recipe.Variants.Select(v => v.Name).ShouldBe(["relu-0.1", "relu-1e-2", "relu-1e-3", "tanh-0.1", "tanh-1e-2", "tanh-1e-3"]);
        recipe.Variants[1].Title.ShouldBe("relu, rate 1e-2");
        recipe.Variants[1].Settings.ShouldBe([new("activation", "relu"), new("rate", "1e-2")]);
        recipe.Variants[1].Network[0].Activation.ShouldBe(Activation.Relu);
        recipe.Variants[1].Network[1].Activation.Name.ShouldBe("leaky relu(0.2)", "a layer's own activation stands");
        recipe.Variants[1].Optimizer.Settings["rate"].ShouldBe(0.01);
        recipe.Variants[1].Variants.ShouldHaveSingleItem();
        recipe.Variants[1].Resolve().ShouldNotContain("compare");
    }

    [Fact]
    public void A_list_of_variants_can_name_them()
    {
        var recipe = Recipe.Parse(
            Short + "\ncompare: [{name: plain, optimizer: gradient descent}, {optimizer: {kind: momentum, rate: 0.5}, epochs: 9}]");
        recipe.Variants.Select(v => v.Name).ShouldBe(["plain", "momentum-rate-0.5-9"]);
        recipe.Variants.Select(v => v.Title).ShouldBe(["plain", "momentum rate 0.5, epochs 9"]);
        recipe.Variants[0].Settings.ShouldBe([new("optimizer", "gradient descent")]);
        recipe.Variants[1].Epochs.ShouldBe(9);
    }

    [Fact]
    public void Quick_changes_are_made_only_when_asked_for()
    {
        const string Yaml = Short + "\ncompare: {activation: [relu, tanh]}\nquick: {epochs: 1, data.n: 10, compare.activation: [tanh]}";
        Recipe.Parse(Yaml).Variants.Count.ShouldBe(2);
        var quick = Recipe.Parse(Yaml, "a", new RecipeOverrides { Quick = true });
        quick.Variants.ShouldHaveSingleItem().Epochs.ShouldBe(1);
        quick.Data.Request.Options["n"].ShouldBe(10);
    }

    [Fact]
    public void An_augmentation_is_read_and_written_back_and_trained_again_to_the_same_bits()
    {
        const string Yaml = """
            name: digits
            data: {source: strokes, train: 60, test: 20}
            augment: {shift: 2, rotate: 10.5, elastic: 0.7}
            network: [{dense: 10}]
            loss: softmax cross-entropy
            optimizer: adam
            epochs: 2
            compare: {augment: [none, {scale: 0.1}, {elastic: {strength: 1, smoothness: 2.5}}]}
            """;
        var recipe = Recipe.Parse(Yaml);
        recipe.Augmentation.ShouldBe(new Augmentation { Shift = 2, Rotate = 10.5, Elastic = new(0.7, 4) });
        recipe.Resolve().ShouldContain("\naugment: {shift: 2, scale: 0, rotate: 10.5, elastic: {strength: 0.7, smoothness: 4}}\n");
        recipe.Variants.Select(v => v.Augmentation)
            .ShouldBe([null, new Augmentation { Scale = 0.1 }, new Augmentation { Elastic = new(1, 2.5) }]);
        recipe.Variants.Select(v => v.Title).ShouldBe(["none", "scale 0.1", "elastic strength 1 smoothness 2.5"]);
        recipe.Variants[0].Resolve().ShouldContain("\naugment: none\n");
        Recipe.Parse(Yaml, "a", new RecipeOverrides { Set = [new("augment.elastic.smoothness", "9")] })
            .Augmentation!.Elastic.ShouldBe(new ElasticDeformation(0.7, 9));

        string[] hashes = [.. recipe.Variants.Append(recipe).Append(Recipe.Parse(recipe.Resolve())).Select(Train)];
        hashes[4].ShouldBe(hashes[3]);
        hashes[..4].Distinct().Count().ShouldBe(4);

        static string Train(Recipe recipe)
        {
            var sink = new HashSink();
            RecipeRunner.Run(recipe, RecipeRunner.LoadData(recipe), sink);
            return sink.Hash;
        }
    }

    [Fact]
    public void Data_normalised_by_a_recipe_is_measured_on_what_is_left_for_training()
    {
        var data = RecipeRunner.LoadData(Recipe.Parse(Short));
        data.Train.Inputs.Span.ToArray().Average().ShouldBe(0, 1e-6);
        Math.Abs(data.Validation!.Inputs.Span.ToArray().Average()).ShouldBeGreaterThan(1e-4f);
    }

    [Fact]
    public void The_example_of_the_documentation_is_sound()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Explain.sln"))) folder = Path.GetDirectoryName(folder)!;
        string text = File.ReadAllText(Path.Combine(folder, "docs", "recipes.md"));
        string yaml = text.Split("```yaml\n")[1].Split("```")[0];
        var recipe = Recipe.Parse(yaml);
        recipe.Network.Select(l => l.Name).ShouldBe(["dense1", "second", "dense3"]);
        RecipeReader.Keys.Except(["compare", "quick"]).ShouldAllBe(key => yaml.Contains($"\n{key}:") || key == "name");
    }

    private sealed class HashSink : ISnapshotSink
    {
        public RunInfo? Run { get; private set; }

        public string Hash { get; private set; } = "";

        public void Begin(RunInfo run, Core.Probe probe) => Run = run;

        public bool WantsSnapshot(int epoch) => false;

        public void Record(EpochMetrics metrics, string weightsHash) => Hash += weightsHash;

        public void Record(Snapshot snapshot) => throw new InvalidOperationException("No snapshot was wanted.");

        public void End(RunOutcome outcome) => Hash += outcome.Status;
    }
}
