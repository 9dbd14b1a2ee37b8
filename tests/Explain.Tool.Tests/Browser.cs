using Microsoft.Playwright;

namespace Explain.Tool.Tests;

/// <summary>Chromium, started once for all tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Installed.Chromium is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Installed.Chromium,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A window of its own that notes whatever goes wrong in it; without Chromium the test is skipped.</summary>
    internal async Task<BrowserWindow> OpenAsync(int width = 1280, int height = 900, bool dark = false)
    {
        Installed.NeedsChromium();
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        return new BrowserWindow(context, await context.NewPageAsync());
    }
}

/// <summary>A page in a window, with the errors and requests it made.</summary>
internal sealed class BrowserWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public BrowserWindow(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.RequestFailed += (_, request) => Complaints.Add($"{request.Url}: {request.Failure}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                Requests.Add(request.Url);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the page.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Whatever was asked of the network.</summary>
    public List<string> Requests { get; } = [];

    public Task GoToAsync(string path) =>
        Page.GotoAsync(new Uri(Path.GetFullPath(path.Split('#')[0])).AbsoluteUri + path[path.Split('#')[0].Length..]);

    /// <summary>Waits until a script's expression is true, and fails after half a minute.</summary>
    public Task UntilAsync(string expression) =>
        Page.WaitForFunctionAsync(expression, null, new PageWaitForFunctionOptions { Timeout = 30_000 });

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Complaints.ShouldBeEmpty();
        Requests.ShouldBeEmpty();
    }
}
