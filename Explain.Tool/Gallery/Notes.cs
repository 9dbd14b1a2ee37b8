using Markdig;
using Microsoft.AspNetCore.Components;

namespace Explain.Tool;

/// <summary>Notes of recipes: Markdown to HTML. Raw HTML in them is shown, not obeyed.</summary>
internal static class Notes
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>The notes as HTML.</summary>
    public static MarkupString ToHtml(string markdown) => new(Markdown.ToHtml(markdown, Pipeline));
}
