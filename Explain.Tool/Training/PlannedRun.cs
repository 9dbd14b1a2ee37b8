using Explain.Core;

namespace Explain.Tool;

/// <summary>What is done about runs that are there already.</summary>
internal enum ExistingRuns
{
    /// <summary>They are an error.</summary>
    Refuse,

    /// <summary>They are deleted.</summary>
    Replace,

    /// <summary>Those that have not come to their end go on.</summary>
    GoOn,
}

/// <summary>One run of a training: its recipe, its folder, and what is to be done there.</summary>
/// <param name="Recipe">What is trained.</param>
/// <param name="Folder">Where it is recorded.</param>
/// <param name="GoesOn">Whether it goes on from its checkpoint.</param>
/// <param name="Replaces">Whether the run there is replaced, once the new one begins.</param>
/// <param name="Done">How it ended, where there is nothing left to do.</param>
/// <param name="Note">What the user is told about it at the end; empty where there is nothing to tell.</param>
internal sealed record PlannedRun(
    Recipe Recipe, string Folder, bool GoesOn = false, bool Replaces = false, RunOutcome? Done = null, string Note = "")
{
    /// <summary>Looks at the folder and decides; nothing is changed.</summary>
    /// <exception cref="InputException">The folder is taken, or the run in it cannot go on with this recipe.</exception>
    public static PlannedRun Of(Recipe recipe, string folder, ExistingRuns existing)
    {
        if (File.Exists(folder))
            throw new InputException($"{folder}: a file is in the place of the run folder; choose another one with --out.");
        var begins = new PlannedRun(recipe, folder);
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return begins;
        RunWriter.CheckFree(folder);
        if (!File.Exists(Path.Combine(folder, "run.json")))
        {
            // What a run that was killed before it had a run.json leaves behind.
            if (existing != ExistingRuns.Refuse && RunWriter.IsOwn(folder)) return begins with { Replaces = true };
            throw new InputException(
                $"{folder}: the folder is not empty and is not a run, so it is left alone; choose another one with --out.");
        }
        return existing switch
        {
            ExistingRuns.Replace => begins with { Replaces = true },
            ExistingRuns.GoOn => WithRun(begins, RunFolder.Open(folder)),
            _ => throw new InputException(
                $"{folder}: there is a run already; go on with it with --resume, choose another folder with --out, "
                    + "or replace the run with --force."),
        };
    }

    private static PlannedRun WithRun(PlannedRun begins, RunFolder run)
    {
        var (recipe, folder, outcome) = (begins.Recipe, begins.Folder, run.Outcome);
        CheckSame(recipe, run);
        if (outcome.Status == RunStatus.StoppedEarly)
            return begins with { Done = outcome, Note = $"{recipe.Name}: has come to its end already. {outcome.Message}" };
        if (outcome.Status == RunStatus.Diverged)
            return begins with { Done = outcome, Note = $"{recipe.Name}: diverged, and would do so again." };
        if (outcome.Status == RunStatus.Finished && recipe.Epochs == run.Info.Epochs)
            return begins with { Done = outcome, Note = $"{recipe.Name}: has finished already, after {outcome.EpochsDone} epochs." };
        if (outcome.Status == RunStatus.Running && !File.Exists(Path.Combine(folder, "checkpoint.safetensors")))
            return begins with { Replaces = true, Note = $"{recipe.Name}: was killed before its first checkpoint, so it began again." };
        var state = RunWriter.Resume(folder, recipe.Snapshots).Checkpoint!;
        return begins with
        {
            GoesOn = true,
            Note = $"{recipe.Name}: went on after epoch {state.Epoch}{(state.Step > 0 ? $" and step {state.Step}" : "")}.",
        };
    }

    /// <summary>Only the number of epochs may differ.</summary>
    private static void CheckSame(Recipe recipe, RunFolder run)
    {
        if (run.Info.Recipe.Length == 0)
            throw new InputException(
                $"{run.Path}: the run was made by a program and has no recipe, so only that program can go on with it.");
        // Read and written again, so that a run of an older version, whose recipe lacks what has a default now, is told from one that
        // differs.
        string[] there =
            (Recipe.Parse(run.Info.Recipe, $"the recipe in {run.Path}/run.json") with { Epochs = recipe.Epochs }).Resolve().Split('\n');
        string[] given = recipe.Resolve().Split('\n');
        int line = 0;
        while (line < there.Length && line < given.Length && there[line] == given[line]) line++;
        if (line == there.Length && line == given.Length) return;
        static string Text(string[] lines, int line) =>
            line < lines.Length && lines[line].Trim() is { Length: > 0 } text ? $"'{text}'" : "nothing";
        throw new InputException(
            $"{run.Path}: the run there has another recipe: in line {line + 1}, all defaults written out, it has {Text(there, line)}, "
            + $"this one {Text(given, line)}. "
            + $"`explain train {run.Path} --resume` goes on with the recipe of the run; --force replaces the run.");
    }
}
