namespace Explain.Tool.Tests;

/// <summary>
/// The gallery as a reader uses it, opened from disk. Each window also fails on any script error and any request to the network.
/// </summary>
public sealed class GalleryInTheBrowser(GalleryFixture gallery, Browser browser) : IClassFixture<GalleryFixture>, IClassFixture<Browser>
{
    private string Index => Path.Combine(gallery.Folder, "index.html");

    private string Compare => Path.Combine(gallery.Folder, "compare.html");

    private string Run => Path.Combine(gallery.Folder, "runs", "relu-he.html");

    [Fact]
    public async Task Every_page_shows_all_its_pictures_without_a_complaint()
    {
        await using var window = await browser.OpenAsync();
        foreach (string page in gallery.Pages)
        {
            await window.GoToAsync(Path.Combine(gallery.Folder, page));
            await window.Page.EvaluateAsync("() => { for (const image of document.images) image.loading = 'eager'; }");
            await window.UntilAsync(
                "() => document.images.length > 0 && [...document.images].every(image => image.complete && image.naturalWidth > 0)");
        }
    }

    [Fact]
    public async Task A_click_on_a_heading_sorts_the_table_and_a_second_click_turns_it_round()
    {
        await using var window = await browser.OpenAsync();
        await window.GoToAsync(Index);
        Task<string> Order() => window.Page.EvaluateAsync<string>(
            "() => [...document.querySelectorAll('table.runs tbody th')].map(cell => cell.textContent).join(' ')");
        (await Order()).ShouldBe("relu-he tanh-he relu-unit tanh-unit");
        await window.Page.ClickAsync("table.runs th:has-text('Run') button");
        (await Order()).ShouldBe("relu-he relu-unit tanh-he tanh-unit");
        await window.Page.ClickAsync("table.runs th:has-text('Run') button");
        (await Order()).ShouldBe("tanh-unit tanh-he relu-unit relu-he");
        await window.Page.ClickAsync("table.runs th:has-text('test accuracy') button");
        (await Order()).ShouldBe("relu-he tanh-he relu-unit tanh-unit");
        await window.Page.ClickAsync("table.runs th:has-text('test accuracy') button");
        (await Order()).ShouldBe("relu-unit tanh-he relu-he tanh-unit", "a run without the value stays last");
        (await window.Page.GetAttributeAsync("table.runs th:has-text('test accuracy')", "aria-sort")).ShouldBe("ascending");
    }

    [Fact]
    public async Task Arrow_keys_move_every_figure_to_another_epoch()
    {
        await using var window = await browser.OpenAsync();
        await window.GoToAsync(Run);
        await window.UntilAsync("() => !document.querySelector('.epoch').hidden");
        (await Sources(window)).ShouldAllBe(source => source.Contains("/00005."));
        string alt = (await window.Page.GetAttributeAsync(".by-epoch figure img", "alt"))!;
        await window.Page.Keyboard.PressAsync("ArrowLeft");
        await window.Page.Keyboard.PressAsync("ArrowLeft");
        await window.UntilAsync(
            "() => [...document.querySelectorAll('.by-epoch figure img')].every(image => image.src.includes('/00003.'))");
        (await window.Page.InnerTextAsync(".epoch output b")).ShouldBe("epoch 3");
        window.Page.Url.ShouldEndWith("#epoch=3");
        (await window.Page.GetAttributeAsync(".by-epoch figure img", "alt")).ShouldNotBe(alt);
        (await window.Page.InputValueAsync(".epoch input")).ShouldBe("3");
        await window.Page.FocusAsync(".epoch input");
        await window.Page.Keyboard.PressAsync("Home");
        await window.UntilAsync(
            "() => [...document.querySelectorAll('.by-epoch figure img')].every(image => image.src.includes('/00000.'))");
        (await window.Page.InnerTextAsync(".epoch output")).ShouldContain("before the first step");
    }

    [Fact]
    public async Task The_address_keeps_the_epoch()
    {
        await using var window = await browser.OpenAsync();
        await window.GoToAsync(Run + "#epoch=2");
        await window.UntilAsync(
            "() => [...document.querySelectorAll('.by-epoch figure img')].every(image => image.src.includes('/00002.'))");
        (await window.Page.InnerTextAsync(".epoch output b")).ShouldBe("epoch 2");
    }

    [Fact]
    public async Task Playing_runs_from_the_first_epoch_to_the_last()
    {
        await using var window = await browser.OpenAsync();
        await window.GoToAsync(Run);
        // Each epoch is shown for half a second, which a busy machine can miss between two looks: the page notes them itself.
        await window.Page.EvaluateAsync("""
            () => {
              window.shown = [];
              const epoch = document.querySelector('.epoch output b');
              new MutationObserver(() => window.shown.push(epoch.textContent))
                .observe(epoch, { childList: true, characterData: true, subtree: true });
            }
            """);
        await window.Page.ClickAsync(".play");
        await window.UntilAsync(
            "() => document.querySelector('.epoch input').value === '5' && document.querySelector('.play').getAttribute('aria-pressed') "
                + "=== 'false' && window.shown.includes('epoch 5')");
        (await window.Page.EvaluateAsync<string>("() => window.shown.join()")).ShouldBe("epoch 0,epoch 1,epoch 2,epoch 3,epoch 4,epoch 5");
    }

    [Fact]
    public async Task The_numbers_behind_a_picture_follow_the_slider()
    {
        await using var window = await browser.OpenAsync();
        await window.GoToAsync(Run);
        await window.Page.ClickAsync("#confusion .numbers summary");
        await window.UntilAsync("() => document.querySelectorAll('#confusion .numbers-body tbody tr').length > 0");
        string before = await window.Page.InnerTextAsync("#confusion .numbers-body");
        before.ShouldContain("explain render");
        await window.Page.Keyboard.PressAsync("ArrowLeft");
        await window.UntilAsync(
            $"() => document.querySelector('#confusion .numbers-body').innerText !== {System.Text.Json.JsonSerializer.Serialize(before)}");
    }

    [Fact]
    public async Task Runs_are_compared_at_the_same_epoch_and_the_address_keeps_the_choice()
    {
        await using var window = await browser.OpenAsync();
        await window.GoToAsync(Compare);
        await window.UntilAsync("() => document.querySelectorAll('.cards figure').length === 4");
        await window.Page.ClickAsync("[data-choose=none]");
        await window.UntilAsync(
            "() => document.querySelectorAll('.cards figure').length === 0 && !document.querySelector('.nothing').hidden");
        await window.Page.CheckAsync("[value=relu-he]");
        await window.Page.CheckAsync("[value=tanh-unit]");
        await window.Page.SelectOptionAsync("[name=figure]", "confusion");
        await window.UntilAsync(
            "() => [...document.querySelectorAll('.cards img')].map(image => image.src.match(/figures.(.*).light/)[1]).join() "
                + "=== 'relu-he/confusion/00005,tanh-unit/confusion/00003'");
        (await window.Page.InnerTextAsync(".cards figure[data-run=tanh-unit] figcaption")).ShouldContain("epoch 3, the nearest kept");
        await window.Page.Keyboard.PressAsync("ArrowLeft");
        await window.Page.FocusAsync(".epoch input");
        await window.Page.Keyboard.PressAsync("Home");
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await window.UntilAsync("() => [...document.querySelectorAll('.cards img')].every(image => image.src.includes('/00001.'))");
        string address = window.Page.Url;
        address.ShouldContain("figure=confusion");
        await window.Page.GotoAsync("about:blank");
        await window.Page.GotoAsync(address);
        await window.UntilAsync(
            "() => [...document.querySelectorAll('.cards img')].map(image => image.src.match(/figures.(.*).light/)[1]).join() "
                + "=== 'relu-he/confusion/00001,tanh-unit/confusion/00001'");
    }

    [Fact]
    public async Task Compared_runs_share_their_limits_unless_the_reader_wants_their_own()
    {
        await using var window = await browser.OpenAsync();
        await window.GoToAsync(Compare + "#figure=weight-sheet&layer=weight-sheet-0&epoch=5&runs=relu-he,relu-unit");
        await window.UntilAsync(
            "() => document.querySelectorAll('.cards img').length === 2 && [...document.querySelectorAll('.cards img')].every(image => "
                + "image.src.includes('weight-sheet-0/00005.shared.'))");
        await window.Page.UncheckAsync("[name=shared]");
        await window.UntilAsync(
            "() => [...document.querySelectorAll('.cards img')].every(image => image.src.includes('weight-sheet-0/00005.light.'))");
        window.Page.Url.ShouldContain("limits=own");
    }

    [Fact]
    public async Task Light_and_dark_follow_the_system_until_the_reader_chooses()
    {
        await using var window = await browser.OpenAsync(dark: true);
        await window.GoToAsync(Run);
        Task<string> Page() => window.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        async Task Shows(string theme)
        {
            // Pictures load when they come near the window, and a click on the button has scrolled it to the top.
            await window.Page.EvaluateAsync("() => document.querySelector('.by-epoch img').scrollIntoView()");
            await window.UntilAsync($"() => document.querySelector('.by-epoch img').currentSrc.includes('.{theme}.svg')");
        }
        (await Page()).ShouldBe("rgb(20, 23, 28)");
        await Shows("dark");
        await window.Page.ClickAsync(".theme");
        (await Page()).ShouldBe("rgb(255, 255, 255)");
        await Shows("light");
        await window.Page.ReloadAsync();
        (await Page()).ShouldBe("rgb(255, 255, 255)", "the choice is kept");
        await Shows("light");
    }

    [Fact]
    public async Task No_page_scrolls_sideways_on_a_phone()
    {
        await using var window = await browser.OpenAsync(width: 360, height: 740);
        foreach (string page in gallery.Pages)
        {
            await window.GoToAsync(Path.Combine(gallery.Folder, page));
            (await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(360, page);
        }
    }

    [Fact]
    public async Task The_first_stop_of_the_keyboard_skips_to_the_content()
    {
        await using var window = await browser.OpenAsync();
        await window.GoToAsync(Index);
        await window.Page.Keyboard.PressAsync("Tab");
        (await window.Page.EvaluateAsync<string>("() => document.activeElement.textContent")).ShouldBe("Skip to the content");
        (await window.Page.EvaluateAsync<bool>("() => document.activeElement.getBoundingClientRect().top >= 0"))
            .ShouldBeTrue("it shows when it has the focus");
    }

    [Fact]
    public async Task Without_scripts_the_last_epoch_can_be_read()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.RouteAsync("**/*.js", route => route.FulfillAsync(new() { Body = "" }));
        await window.GoToAsync(Run);
        (await window.Page.IsVisibleAsync(".epoch")).ShouldBeFalse("a slider that cannot move is not shown");
        (await Sources(window)).ShouldAllBe(source => source.Contains("/00005."));
        (await window.Page.IsVisibleAsync(".by-epoch figure:last-of-type img")).ShouldBeTrue();
    }

    private static Task<string[]> Sources(BrowserWindow window) =>
        window.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.by-epoch figure img')].map(image => image.src)");
}
