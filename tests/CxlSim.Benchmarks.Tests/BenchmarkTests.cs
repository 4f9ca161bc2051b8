using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace CxlSim.Benchmarks.Tests;

public class BenchmarkTests
{
    public static TheoryData<string, string> Benchmarks()
    {
        TheoryData<string, string> data = [];
        foreach ((Type type, MethodInfo method) in BenchmarkCatalogue.All())
        {
            data.Add(type.Name, method.Name);
        }

        return data;
    }

    [Fact]
    public void Catalogue_IsNotEmpty() => BenchmarkCatalogue.All().Should().NotBeEmpty();

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void Benchmark_RunsOnceWithItsSmallestParameters(string className, string methodName)
    {
        (Type type, MethodInfo method) = BenchmarkCatalogue.All().Single(b => b.Class.Name == className && b.Method.Name == methodName);
        object instance = BenchmarkCatalogue.CreateSmallest(type);
        BenchmarkCatalogue.Call<GlobalSetupAttribute>(instance);
        BenchmarkCatalogue.Call<IterationSetupAttribute>(instance);

        FluentActions.Invoking(() => method.Invoke(instance, null)).Should().NotThrow();

        BenchmarkCatalogue.Call<IterationCleanupAttribute>(instance);
        BenchmarkCatalogue.Call<GlobalCleanupAttribute>(instance);
    }
}
