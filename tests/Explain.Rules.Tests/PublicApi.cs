using System.Reflection;
using System.Text;

namespace Explain.Rules.Tests;

/// <summary>The public surface of the libraries, held as text so that a change to it is seen and meant. EXPLAIN_UPDATE_GOLDENS=1 rewrites it.</summary>
public sealed class PublicApi
{
    [Theory]
    [InlineData("Explain.Core")]
    [InlineData("Explain.Render")]
    public void Changes_only_on_purpose(string assembly)
    {
        string now = Describe(Assembly.Load(assembly));
        string file = Path.Combine(Repository.Root, "tests", "Explain.Rules.Tests", "Api", assembly + ".txt");
        if (Environment.GetEnvironmentVariable("EXPLAIN_UPDATE_GOLDENS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, now);
        }
        string[] before = File.Exists(file) ? File.ReadAllLines(file) : [];
        string[] after = now.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var gone = before.Except(after).Select(line => "- " + line);
        var added = after.Except(before).Select(line => "+ " + line);
        gone.Concat(added).ShouldBeEmpty($"The public surface of {assembly} changed. If that is meant, run the tests with EXPLAIN_UPDATE_GOLDENS=1 and commit {assembly}.txt.");
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append('\n');
            var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Select(Member).Where(line => line is not null).Order(StringComparer.Ordinal);
            foreach (string? member in members)
                text.Append(Name(type)).Append('.').Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static string Kind(Type type) =>
        type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    /// <summary>One line, or null for what the compiler writes by itself (record plumbing, accessors).</summary>
    private static string? Member(MemberInfo member) => member switch
    {
        MethodInfo { IsSpecialName: true } or MethodInfo { Name: "ToString" or "Equals" or "GetHashCode" or "<Clone>$" or "Deconstruct" or "PrintMembers" } => null,
        MethodInfo method => $"{method.Name}{Generics(method)}({Parameters(method)}) : {Name(method.ReturnType)}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        PropertyInfo property => $"{property.Name} : {Name(property.PropertyType)} {{{(property.GetMethod?.IsPublic == true ? " get" : "")}{(property.SetMethod?.IsPublic == true ? " set" : "")} }}",
        FieldInfo { IsSpecialName: false } field => $"{field.Name} : {Name(field.FieldType)}",
        _ => null,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? "?" : "")}"));

    private static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Name(Type type)
    {
        if (type.IsGenericParameter) return type.Name;
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } value) return Name(value) + "?";
        string name = type.DeclaringType is { } outer && !type.IsGenericParameter ? $"{Name(outer)}.{type.Name}" : type.Name;
        if (!type.IsGenericType) return name;
        int tick = name.IndexOf('`');
        return $"{(tick < 0 ? name : name[..tick])}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
