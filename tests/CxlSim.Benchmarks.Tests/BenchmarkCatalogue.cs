using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace CxlSim.Benchmarks.Tests;

/// <summary>Finds what BenchmarkDotNet would run, and prepares it with the smallest of its parameters.</summary>
internal static class BenchmarkCatalogue
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.Instance;

    public static IEnumerable<(Type Class, MethodInfo Method)> All() =>
        from type in typeof(HoldModelBenchmarks).Assembly.GetTypes()
        where !type.IsAbstract
        from method in type.GetMethods(Everything)
        where method.IsDefined(typeof(BenchmarkAttribute))
        select (type, method);

    public static object CreateSmallest(Type type)
    {
        object instance = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties(Everything))
        {
            if (property.GetCustomAttribute<ParamsAttribute>() is { } parameters)
            {
                property.SetValue(instance, parameters.Values.Min());
            }
        }

        return instance;
    }

    public static void Call<TAttribute>(object instance)
        where TAttribute : Attribute
    {
        foreach (MethodInfo method in instance.GetType().GetMethods(Everything).Where(m => m.IsDefined(typeof(TAttribute))))
        {
            method.Invoke(instance, null);
        }
    }
}
