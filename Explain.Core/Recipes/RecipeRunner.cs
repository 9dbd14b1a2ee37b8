namespace Explain.Core;

/// <summary>Turns a recipe into data, network and trainer, and runs it into a sink.</summary>
public static class RecipeRunner
{
    /// <summary>
    /// Reads or draws a recipe's data, splits and normalises it. Variants of a comparison that agree in their data can share it.
    /// </summary>
    /// <param name="recipe">Whose data.</param>
    /// <param name="path">
    /// The folder or file to read instead of the one the recipe names; null for that one. Data that is drawn needs none and takes none.
    /// </param>
    /// <exception cref="InputException">The data cannot be had, or is not what the recipe expects.</exception>
    public static DataSplit LoadData(Recipe recipe, string? path = null)
    {
        var (request, validation, normalise) = recipe.Data;
        var data = DataCatalog.Load(path is null ? request : request with { Path = path })
            .Split(validation, (ulong)request.Options.GetValueOrDefault("seed"));
        return normalise.Kind switch
        {
            NormaliseKind.Given => data.Normalise(normalise.Mean, normalise.Std),
            NormaliseKind.Standard => data.Normalise(Normalisation.Standard(data.Train)),
            NormaliseKind.EachFeature => data.Normalise(Normalisation.StandardPerFeature(data.Train)),
            NormaliseKind.UnitRange => data.Normalise(Normalisation.UnitRange(data.Train)),
            _ => data,
        };
    }

    /// <summary>The recipe's network at its start.</summary>
    /// <exception cref="InputException">The layers don't fit together.</exception>
    public static Network BuildNetwork(Recipe recipe, Shape input)
    {
        var builder = Network.Sequential(input);
        try
        {
            foreach (var layer in recipe.Network) builder.Add(layer);
        }
        catch (InputException e)
        {
            throw new InputException($"{Place(recipe)}'network': {e.Message}", e);
        }
        return builder.Build(recipe.Seed);
    }

    /// <summary>Trains one recipe, not its comparison.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="data">From <see cref="LoadData"/>.</param>
    /// <param name="sink">Takes the record, e.g. <c>RunWriter.Create(path, recipe.Snapshots)</c>; null for none.</param>
    /// <param name="progress">Told every epoch's metrics.</param>
    /// <param name="from">
    /// Where to go on instead of at the beginning, see <see cref="Trainer.Fit"/>; <see cref="RunWriter.Checkpoint"/>, say.
    /// </param>
    /// <param name="cancellation">Ends the training between two steps.</param>
    /// <exception cref="InputException">Data, network and loss don't fit together; the sink has then not been touched.</exception>
    public static TrainingResult Run(
        Recipe recipe,
        DataSplit data,
        ISnapshotSink? sink = null,
        IProgress<EpochMetrics>? progress = null,
        TrainingState? from = null,
        CancellationToken cancellation = default)
    {
        var network = BuildNetwork(recipe, data.Train.SampleShape);
        CheckClasses(recipe, network, data.Train);
        CheckAugmentation(recipe, data.Train);
        var optimizer = recipe.Optimizer;
        var trainer = new Trainer(network, recipe.Loss, Optimizer.Create(optimizer.Kind, optimizer.Settings))
        {
            BatchSize = recipe.BatchSize,
            Gradient = optimizer.Gradient,
            Schedule = Schedule.Create(optimizer.Schedule, optimizer.ScheduleSettings),
            EarlyStopping = recipe.EarlyStopping,
            KeepBest = recipe.KeepBest,
            Targets = recipe.Targets,
            LabelSmoothing = recipe.LabelSmoothing,
            ClassWeights = recipe.ClassWeights,
            Penalty = recipe.Penalty,
            Clip = recipe.Clip,
            Augmentation = recipe.Augmentation,
            Seed = recipe.Seed,
            Progress = progress,
        };
        var details = new RunDetails
        {
            Name = recipe.Name,
            Title = recipe.Title,
            Recipe = recipe.Resolve(),
            Notes = recipe.Notes,
            Normalisation = data.Normalisation?.ToString() ?? "",
            Settings = recipe.Settings,
            Comparison = recipe.Comparison,
            DataSource = recipe.Data.Request.Source,
            DataSeed = SeedOf(recipe.Data),
            DataOptions = [.. recipe.Data.Request.Options.Where(option => option.Key != "seed")],
        };
        return trainer.Fit(data, recipe.Epochs, sink, details, from, cancellation);
    }

    /// <summary>The data's own seed, where it is drawn, or split, by chance.</summary>
    private static ulong? SeedOf(DataRecipe data) =>
        data.Request.Options.TryGetValue("seed", out double seed) ? (ulong)seed
        : data.Validation > 0 || DataCatalog.Find(data.Request.Source).Options.Any(option => option.Name == "seed") ? 0UL
        : null;

    /// <summary>
    /// What the trainer would refuse as well, told with the places to change: how many classes there are is known only when the data has
    /// been read.
    /// </summary>
    private static void CheckClasses(Recipe recipe, Network network, Dataset data)
    {
        var last = network.Layers[^1];
        try
        {
            Readout.ForTraining(recipe.Loss, recipe.Targets, last.OutputShape.Size, data, recipe.LabelSmoothing, recipe.ClassWeights);
        }
        catch (InputException e)
        {
            throw new InputException($"{Place(recipe)}last layer '{last.Name}'"
                + $"{(last.Kind == "dense" ? "" : $" (of the kind '{last.Kind}', which gives {last.OutputShape}; end in a dense layer)")}, "
                + $"data '{data.Name}': {e.Message}", e);
        }
    }

    /// <summary>Likewise whether samples are pictures.</summary>
    private static void CheckAugmentation(Recipe recipe, Dataset data)
    {
        try
        {
            recipe.Augmentation?.Check(data);
        }
        catch (InputException e)
        {
            throw new InputException($"{Place(recipe)}'augment': {e.Message}", e);
        }
    }

    private static string Place(Recipe recipe) => $"{recipe.Source}, {(recipe.Settings is null ? "" : $"variant '{recipe.Name}', ")}";
}
