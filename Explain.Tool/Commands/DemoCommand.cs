using System.CommandLine;
using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary><c>explain demo</c>: the comparison that comes with the program, trained and drawn.</summary>
internal static class DemoCommand
{
    private const string RecipeName = "comparison";

    public static Command Create(Terminal terminal)
    {
        var output = new Option<string>("--out", "-o")
        {
            Description = "Folder to make, with runs/ and gallery/ in it",
            HelpName = "DIR",
            DefaultValueFactory = _ => "explain-demo",
        };
        var quick = new Option<bool>("--quick") { Description = "Less data and fewer epochs, for a first look" };
        var force = new Option<bool>("--force") { Description = "Replace the runs of an earlier demo" };
        var resume = new Option<bool>("--resume") { Description = "Go on with an earlier demo that was stopped or killed" };
        var font = Usage.Font();
        var threads = Usage.Threads();
        var command = new Command(
            "demo", "Train a comparison of activations and initialisations on drawn digits, build its gallery, say where it is.")
        {
            output, quick, force, resume, font, threads,
        };
        command.SetAction((parsed, cancellation) => Usage.WithThreadsAsync(parsed.GetValue(threads), async () =>
        {
            var face = Typeface.Load(parsed.GetValue(font));
            string folder = parsed.GetValue(output)!;
            string gallery = Path.Combine(folder, "gallery");
            GalleryFolder.Check(gallery);
            var recipe = Recipe.Open(RecipeName, new RecipeOverrides { Quick = parsed.GetValue(quick) });
            var existing = TrainCommand.Existing(parsed.GetValue(force), parsed.GetValue(resume));
            var training = new RecipeTraining(
                recipe.Name,
                RecipeTraining.RunsOf(recipe, Path.Combine(folder, "runs")),
                null,
                existing,
                Usage.Again(parsed, "--resume", "--force"));
            await TrainingReport.TrainAsync(terminal, training, json: false, cancellation);
            terminal.Out.WriteLine();
            var options = new GalleryOptions(recipe.Title, "auto", gallery) { Face = face };
            var runs = training.Runs.Select(run => RunFolder.Open(run.Folder)).ToList();
            terminal.Out.WriteLine(await GalleryCommand.BuildAsync(terminal, runs, options, cancellation));
        }));
        return command;
    }
}
