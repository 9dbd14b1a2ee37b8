using Explain.Core;

namespace Explain.Render;

/// <summary>What a figure draws where its run lacks what it shows.</summary>
internal static class MissingPage
{
    extension(Page)
    {
        /// <summary>A page that says what is missing.</summary>
        public static Scene Missing(Theme theme, FigureRequest request, string figure, string title, string reason)
        {
            const double BoxWidth = 520;
            if (request.Runs.Count > 0 && request.Run.Outcome is { Status: RunStatus.Diverged, Message.Length: > 0 } outcome)
                reason += " " + outcome.Message;
            var lines = theme.Face.Wrap(reason, BoxWidth - 32, Typography.Heading);
            double height = 44 + (lines.Count * Typography.Heading * 1.5);
            var nodes = new List<Node>
            {
                new PathNode(PathData.Rectangle(new Rect(0.5, 0.5, BoxWidth - 1, height - 1), 6), Stroke: new Stroke(theme.Grid)),
            };
            for (int i = 0; i < lines.Count; i++)
                nodes.Add(new TextNode(
                    lines[i], new Point(16, 22 + (Typography.Heading * ((i * 1.5) + 0.9))), Typography.Heading, theme.Muted));
            return new Page
            {
                Theme = theme,
                Subtitle = request.Runs.Count > 0 ? request.Run.Info.Title : "",
                BodyWidth = BoxWidth,
                BodyHeight = height,
                Body = nodes,
                Width = request.Width,
                Info = new SceneInfo { Title = title, AltText = $"{title}: {reason}", Caption = reason, Command = request.Command(figure) },
            }.ToScene();
        }
    }
}
