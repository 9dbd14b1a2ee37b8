using System.Globalization;
using CsvHelper;

namespace Explain.Core;

/// <summary>
/// Writes data so that <see cref="Mnist"/> or <see cref="Csv"/> reads it back: images as the gzipped IDX files of MNIST, anything else as
/// CSV.
/// </summary>
public static class DatasetWriter
{
    /// <summary>
    /// Writes every part to <paramref name="folder"/>, which is made where it is missing. Nothing is overwritten; all files are written or
    /// none.
    /// </summary>
    /// <returns>The files written.</returns>
    /// <exception cref="InputException">A file is there already, cannot be written, or an image has pixels outside 0 … 1.</exception>
    public static IReadOnlyList<string> Write(DataSplit data, string folder)
    {
        var files = (data.Train.SampleShape.IsImage ? Images(data) : Tables(data))
            .Select(f => (Path: Path.Combine(folder, f.Name), f.Write))
            .ToList();
        foreach (var (path, _) in files)
        {
            if (File.Exists(path) || Directory.Exists(path))
                throw new InputException($"{path}: it is there already and is not overwritten. Remove it or choose another folder.");
        }
        bool made = !Directory.Exists(folder);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (path, write) in files) AtomicFile.Write(path, write);
        }
        catch (Exception e)
        {
            foreach (var (path, _) in files)
            {
                if (File.Exists(path)) File.Delete(path);
            }
            if (made && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
            if (e is IOException or UnauthorizedAccessException)
                throw new InputException($"{folder}: the folder cannot be made: {e.Message}", e);
            throw;
        }
        return [.. files.Select(f => f.Path)];
    }

    private static IEnumerable<(string Name, Action<Stream> Write)> Images(DataSplit data)
    {
        foreach (var (part, name) in new[] { (data.Train, "train"), (data.Validation, "validation"), (data.Test, "t10k") })
        {
            if (part is null) continue;
            if (part.ClassCount > 256)
                throw new InputException(
                    $"{part.Name}: it has {part.ClassCount} classes; labels in IDX files are bytes, so at most 256 can be written.");
            if (part.SampleShape.Channels != 1)
                throw new InputException(
                    $"{part.Name}: samples of shape {part.SampleShape} have {part.SampleShape.Channels} channels; IDX images have one.");
            var images = new IdxArray(IdxType.UnsignedByte, [part.Count, part.SampleShape.Height, part.SampleShape.Width], Pixels(part));
            var labels = new IdxArray(IdxType.UnsignedByte, [part.Count], Array.ConvertAll(part.Labels, l => (byte)l));
            yield return (Mnist.FileName($"{name}-images", 3) + ".gz", stream => Idx.Write(stream, images, gzip: true));
            yield return (Mnist.FileName($"{name}-labels", 1) + ".gz", stream => Idx.Write(stream, labels, gzip: true));
        }
    }

    private static byte[] Pixels(Dataset data)
    {
        var values = data.Inputs.Span;
        var pixels = new byte[values.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            if (!(values[i] is >= 0 and <= 1))
                throw new InputException(
                    $"{data.Name}: pixel {i % data.Inputs.Columns} of sample {i / data.Inputs.Columns} is {values[i]}; "
                        + "images can be written where pixels lie in 0 … 1, before they are normalised.");
            pixels[i] = (byte)MathF.Round(values[i] * 255);
        }
        return pixels;
    }

    private static IEnumerable<(string Name, Action<Stream> Write)> Tables(DataSplit data)
    {
        foreach (var (part, suffix) in new[] { (data.Train, ""), (data.Validation, "-validation"), (data.Test, "-test") })
        {
            if (part is not null) yield return ($"{data.Train.Name}{suffix}.csv", stream => WriteTable(stream, part));
        }
    }

    private static void WriteTable(Stream stream, Dataset data)
    {
        using var writer = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        int features = data.Inputs.Columns;
        string[] fields = new string[features + 1];
        for (int f = 0; f < features; f++) fields[f] = features == 2 ? (f == 0 ? "x" : "y") : $"x{f + 1}";
        fields[features] = "class";
        writer.WriteRecord(fields);
        for (int i = 0; i < data.Count; i++)
        {
            var row = data.Inputs.Row(i);
            for (int f = 0; f < features; f++) fields[f] = row[f].ToString("R", CultureInfo.InvariantCulture);
            fields[features] = data.ClassNames[data.Labels[i]];
            writer.WriteRecord(fields);
        }
    }
}
