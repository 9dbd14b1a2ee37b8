using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Explain.Tool;

/// <summary>Renders a page component to the bytes of an HTML file.</summary>
internal sealed class PageRenderer : IAsyncDisposable
{
    // Letters beyond ASCII stay as they are, so that the pages' source can be read.
    private readonly ServiceProvider _services =
        new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();
    private readonly HtmlRenderer _renderer;

    public PageRenderer() => _renderer = new HtmlRenderer(_services, NullLoggerFactory.Instance);

    /// <summary>Renders <typeparamref name="TPage"/> with the given parameters.</summary>
    public Task<byte[]> RenderAsync<TPage>(params (string Name, object? Value)[] parameters)
        where TPage : IComponent =>
        _renderer.Dispatcher.InvokeAsync(async () =>
        {
            var view = ParameterView.FromDictionary(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
            var page = await _renderer.RenderComponentAsync<TPage>(view);
            return Encoding.UTF8.GetBytes(page.ToHtmlString());
        });

    public async ValueTask DisposeAsync()
    {
        await _renderer.DisposeAsync();
        await _services.DisposeAsync();
    }
}
