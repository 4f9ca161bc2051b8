using System.Reflection;
using System.Runtime.CompilerServices;

namespace CxlSim.Architecture.Tests;

/// <summary>What others see of a library, a line for each type and each of its own members; what the compiler adds to records is left out.</summary>
internal static class PublicSurface
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly library) => library.GetExportedTypes().SelectMany(Of).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Of(Type type)
    {
        string name = Name(type);
        yield return $"{Kind(type)} {name}{Parents(type)}";
        foreach (MemberInfo member in type.GetMembers(Own).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not Type))
        {
            if (Text(member) is { } text)
            {
                yield return $"{name}.{text}";
            }
        }
    }

    private static string? Text(MemberInfo member) => member switch
    {
        FieldInfo field when IsSeen(field.Attributes & FieldAttributes.FieldAccessMask) && !field.IsSpecialName =>
            field.IsLiteral ? $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)}" : $"{field.Name}: {Name(field.FieldType)}",
        ConstructorInfo constructor when IsSeen(constructor) => $"new({Parameters(constructor)})",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Where(IsSeen).ToArray() is { Length: > 0 } seen =>
            $"{property.Name}: {Name(property.PropertyType)} {{ {string.Join(' ', seen.Select(accessor => Accessor(accessor)).Order(StringComparer.Ordinal))} }}",
        EventInfo { AddMethod: { } add } raised when IsSeen(add) => $"{raised.Name}: event {Name(raised.EventHandlerType!)}",
        MethodInfo method when IsSeen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{method.Name}{Generic(method.IsGenericMethod ? method.GetGenericArguments() : [])}({Parameters(method)}): {Name(method.ReturnType)}",
        _ => null,
    };

    private static string Accessor(MethodInfo accessor) =>
        accessor.ReturnType == typeof(void) ? accessor.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? "init" : "set" : "get";

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsSeen(FieldAttributes access) => access is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.Name}: {Name(parameter.ParameterType)}"));

    private static string Kind(Type type) => type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : "class";

    private static string Parents(Type type) => type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) ? $" : {Name(parent)}" : string.Empty;

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.HasElementType)
        {
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : type.IsByRef ? "&" : "*");
        }

        string own = type.Name.Split('`')[0];
        string outer = type.DeclaringType is { } container ? Name(container) + "." : string.Empty;
        return outer + own + Generic(type.GetGenericArguments());
    }

    private static string Generic(Type[] arguments) => arguments.Length == 0 ? string.Empty : $"<{string.Join(", ", arguments.Select(Name))}>";
}
