using System.CommandLine;
using System.CommandLine.Parsing;
using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>What is wrong with a command line, in a sentence that names what was probably meant.</summary>
internal static class Usage
{
    /// <summary>The first mistake, or null.</summary>
    public static string? Error(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        string path = Path(parsed.CommandResult);
        if (UnknownOption(parsed) is { } option)
            return $"`{path}` has no option '{option}'{Names.Hint(option, Options(parsed.CommandResult))} `{path} --help` lists them."
                .Replace("?.", "?");
        if (parsed.UnmatchedTokens is [var token, ..])
        {
            string[] commands = [.. command.Subcommands.Select(sub => sub.Name)];
            return commands.Length > 0
                ? $"`{path}` has no command '{token}'{Names.Hint(token, commands)}"
                : $"`{path}` does not know what to do with '{token}'; its usage is `{path}{Arguments(command)}`.";
        }
        if (parsed.CommandResult.Children.OfType<ArgumentResult>()
            .FirstOrDefault(result => result.Argument.Arity.MinimumNumberOfValues > result.Tokens.Count) is { } argument)
            return $"`{path}` needs {argument.Argument.HelpName ?? argument.Argument.Name}; its usage is `{path}{Arguments(command)}`.";
        if (parsed.Errors.Count == 0) return null;
        if (command.Subcommands.Count > 0 && parsed.Tokens.All(t => t.Type == TokenType.Command))
            return $"`{path}` needs a command: {Names.List([.. command.Subcommands.Select(sub => sub.Name)])}.";
        return parsed.Errors[0].Message;
    }

    /// <summary>A whole number within limits; a wrong value is an error that says what is allowed.</summary>
    public static Option<int?> Number(string name, int? minimum, string description, string helpName = "N")
    {
        return new Option<int?>(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (int.TryParse(text, out int value) && !(value < minimum)) return value;
                result.AddError($"{name} takes a whole number{(minimum is null ? "" : $" from {minimum}")}; '{text}' is not one.");
                return null;
            },
        };
    }

    /// <summary>The option <c>--threads</c>.</summary>
    public static Option<int?> Threads() => Number("--threads", 1, "Threads to work with; the result does not depend on it");

    /// <summary>The option <c>--font</c>.</summary>
    public static Option<string> Font() => new("--font")
    {
        Description = "Typeface of the pictures: a .ttf or .ttc file with TrueType outlines, the best sans-serif of the machine, "
            + $"or the built-in one; without it, what the variable {Typeface.Variable} says, else system",
        HelpName = "PATH|system|builtin",
    };

    /// <summary>Works with as many threads as were asked for, or all there are.</summary>
    public static async Task WithThreadsAsync(int? threads, Func<Task> work)
    {
        int before = Rows.Threads;
        Rows.Threads = threads ?? before;
        try
        {
            await work();
        }
        finally
        {
            Rows.Threads = before;
        }
    }

    /// <summary>
    /// The command line as it was given, with <paramref name="more"/> behind it and without the options in <paramref name="except"/> (which
    /// take no value), fit to be typed into a shell again.
    /// </summary>
    public static string Again(ParseResult parsed, string more, params string[] except) =>
        string.Join(
            ' ',
            parsed.Tokens.Select(token => token.Value).Where(word => word != more && !except.Contains(word)).Select(Quoted)
                .Prepend("explain").Append(more));

    /// <summary>One of a few words; any other is an error that lists them.</summary>
    public static Option<string> Choice(string name, string description, params string[] allowed)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', allowed),
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (allowed.Contains(text)) return text;
                result.AddError($"{name} takes "
                    + $"{(allowed.Length < 3 ? string.Join(" or ", allowed) : $"{string.Join(", ", allowed[..^1])} or {allowed[^1]}")}, "
                    + $"not '{text}'.");
                return null;
            },
        };
        option.CompletionSources.Add(allowed);
        return option;
    }

    // A word that begins with a hyphen is taken for an argument where the command has room for one; no file of ours is called so.
    private static string? UnknownOption(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens).Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens).FirstOrDefault(value => value.Length > 1 && value[0] == '-');

    private static string[] Options(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result; at is CommandResult command; at = at.Parent)
        {
            bool own = at == result;
            names.AddRange(command.Command.Options.Where(option => own || option.Recursive).Select(option => option.Name));
        }
        return [.. names.Distinct()];
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_./=:,@%+-".Contains(c)) ? word
            : $"'{word.Replace("'", "'\\''")}'";

    private static string Arguments(Command command) => string.Concat(command.Arguments.Select(argument =>
        $" {argument.Name.ToUpperInvariant()}{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "")}"));
}
